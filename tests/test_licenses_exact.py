"""What an exact text may bear beside its own words, by example: each good case beside its bad mirror."""

from functools import cache

import pytest
from license_texts import APACHE, approved, installed

from osaid_audit.errors import RuleFileError
from osaid_audit.licenses import identify, read_license
from osaid_audit.licenses.texts import copyright as notices
from osaid_audit.licenses.texts import holders, names
from osaid_audit.render.license import license_text


@cache
def texts():
    """Plain approved texts by id."""
    own = [(license_id, text) for _, license_id, text in installed() if identify(text).match == "exact"]
    return dict([*own, *approved()])


@pytest.mark.parametrize(
    ("holder", "exact"),
    [
        ("Google Inc.", True),
        ("the University of Somewhere", True),
        ("THE COPYRIGHT OWNER", True),
        ("anyone but companies", False),
        ("Research Use Only", False),
        ("Acme Inc. for evaluation", False),
    ],
)
def test_a_slot_takes_a_name_and_nothing_else(holder, exact):
    text = texts().get("BSD-3-Clause")
    if text is None or "the copyright holder" not in text:
        pytest.skip("no plain BSD-3-Clause text is installed")
    assert (identify(text.replace("the copyright holder", holder, 1)).match == "exact") is exact


GRANT = "Permission is hereby granted, free of charge, to any person obtaining a copy"


def mit():
    """A plain text of the MIT license with a holder."""
    for license_id, text in texts().items():
        if license_id == "MIT" and GRANT in " ".join(text.split()):
            body = " ".join(text.split())
            body = body[body.index(GRANT) :]
            return f"MIT License\n\nCopyright (c) 2024 Jane Doe\n\n{body}\n"
    return pytest.skip("no plain MIT text is installed")


def changed(old, new):
    text = mit()
    assert identify(text).match == "exact"
    assert old in text
    return identify(text.replace(old, new, 1)).match


@pytest.mark.parametrize("mark", ["&not ", "\u00ac ", "!", "&not;", "&nbsp ", "\\u21 ! "])
def test_a_sign_for_not_never_vanishes(mark):
    assert changed("granted", f"{mark}granted") != "exact"


@pytest.mark.parametrize(
    "sign",
    [
        "\U0001f17d\U0001f17e\U0001f183",
        "\U0001f1f3\U0001f1f4",
        "\u280d\u2815\u281e",
        "\uf8ff",
        "\U000e006e\U000e006f",
        "\U0001f6ab",
        "\u20b9",
        "\u00a3",
        "\u202e",
        "\u2066",
        "~~",
    ],
)
def test_a_sign_that_is_no_punctuation_is_a_word(sign):
    assert changed("hereby granted", f"hereby {sign} granted") != "exact"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hereby granted", "hereby (n) (o) (t) granted"),
        ("hereby granted", "hereby n) o) t) granted"),
        ("hereby granted", "hereby\nn.\no.\nt.\ngranted"),
        ("hereby granted", "hereby \u24a9 \u24aa \u24af granted"),
        ("any person", "any (1) person"),
        ("without restriction", "(30) without restriction"),
        ("any person", "any" + " " * 60 + "(1) person"),
    ],
)
def test_a_letter_or_number_after_a_plain_word_is_no_list_marker(old, new):
    assert changed(old, new) != "exact"


@pytest.mark.parametrize(
    "struck",
    [
        "~~free of charge~~",
        "~free of charge~",
        "[free of charge]",
        "".join(f"{x}\u0336" for x in "free") + " of charge",
    ],
)
def test_a_struck_out_phrase_is_not_taken_for_present(struck):
    assert changed("free of charge", struck) != "exact"


@pytest.mark.parametrize(
    "said",
    [
        "\u672c\u8f6f\u4ef6\u4ec5\u4f9b\u5b66\u672f\u7814\u7a76\u4f7f\u7528",
        "\u5546\u7528\u5229\u7528\u4e0d\u53ef",
        "\uc0c1\uc5c5\uc801\uc774\uc6a9\uae08\uc9c0",
        "\u0417\u0430\u043f\u0440\u0435\u0449\u0435\u043d\u043e",
        "\u039c\u03cc\u03bd\u03bf \u0393\u03b9\u03b1 \u0388\u03c1\u03b5\u03c5\u03bd\u03b1",
        "\u0644\u0644\u0628\u062d\u062b \u0641\u0642\u0637",
        "ForResearchUseOnly",
        "Endast Forskning",
        "Sadece Ara\u015ft\u0131rma",
        "Tidak Komersial",
        "Ch\u1ec9 Nghi\u00ean C\u1ee9u",
        "Jane Doe, 30 Days.",
        "Jane Doe, Scholars Alone",
        "Jane Doe (Preview)",
        "Jane Doe, NC",
        "One Two and Three Four and Five Six and Seven Eight",
    ],
)
def test_a_copyright_line_holds_names_and_no_sentence(said):
    assert changed("Jane Doe", said) != "exact"
    assert changed("Jane Doe", f"Jane Doe\nCopyright (c) 2025 {said}") != "exact"


@pytest.mark.parametrize(
    "name",
    [
        "Acme, Inc.",
        "Jane Doe and contributors",
        "Jane Doe <jane@example.org>",
        "Jane Doe, University of Somewhere",
        "Jane Doe, 2025 John Roe",
        "Jos\u00e9 Mu\u00f1oz",
    ],
)
def test_an_ordinary_holder_stays_exact(name):
    assert changed("Jane Doe", name) == "exact"


def test_the_word_of_a_fence_is_one_of_a_few():
    text = mit()
    assert identify(f"```text\n{text}\n```\n").match == "exact"
    assert identify(f"```researchonly\n{text}\n```\n").match != "exact"


def test_a_number_in_a_title_is_one_of_the_license_itself():
    assert changed("MIT License", "MIT License Version 30") != "exact"
    assert changed("MIT License", "MIT License 2030") != "exact"
    assert identify(f"Apache License Version 30\n\n{APACHE}").match != "exact"


@pytest.mark.parametrize(
    "line",
    [
        "Copyright Jane Doe",
        "Copyright Jane Doe 2020",
        "Copyright Acme, Inc.",
        "(c) Jane Doe",
        "(c) 2020 Jane Doe",
        "\u00a9 2020 Jane Doe",
        "Copyright 2020 (c) Jane Doe",
        "Copyright (c) 2020 john doe",
        "Copyright (c) 2020 lars brinkhoff <lars@example.org>",
        "copyright 2019 the foo authors",
        "Copyright 2020 Jane Doe, John Roe and Mary Major",
        "Copyright (c) Acme Platforms, Inc. and affiliates.",
        "Copyright (c) 2020 Jane Doe (https://github.com/janedoe)",
        "Copyright (c) 2020 International Business Machines Corporation",
        "Copyright (c) 2020 Jane Doe <jane@example.org>.",
        "Copyright (c) 2020 Acme Limited",
        "Copyright (c) 2020 Jane Doe\nCopyright (c) 2021 John Roe\n(c) 2022 Acme.com, Inc.",
        "Copyright (c) acme, Inc.",
        "(c) 2015, acme, Inc.",
        "Copyright Jane Doe <https://janedoe.example/>",
        "Copyright 2020 Jane Doe <doe+acme@example.org>",
        "Copyright (c) 2020 Jane (Mary) Doe",
        "Copyright Acme.js contributors. All rights reserved.",
        "Copyright 2020 Madeline Doe",
        "Copyright 2020 Jane May",
        "Copyright 2020 Jane Doe, WidgetWorks and the Acme Contributors",
        "Copyright 2020 Acme Widget Works Limited",
        "Copyright 2020 The Regents of the University of Somewhere",
        "Copyright 2020 The Authors (https://example.org)",
        "Copyright 2020 Jane Doe\nMary Major",
    ],
)
def test_a_notice_as_people_write_it_stays_exact(line):
    assert changed("Copyright (c) 2024 Jane Doe", line) == "exact"


@pytest.mark.parametrize(
    "line",
    [
        "Copyright Peace Only",
        "Copyright (c) 2020 frozen, Ejected, Inc.",
        "Copyright 2020 Jane Doe <doe+no.sale@example.org>",
        "Copyright 2020 Jane (Evicted) Doe",
        "Copyright 2020 Jane Doe kaput.js contributors",
        "Copyright 2020 May Expire",
        "Copyright 2020 Jane May Landlords",
        "Copyright 2020 The Authors (Landlords Begone)",
        "Copyright 2020 Jane Doe, KeepOut and the Acme Contributors",
        "Copyright 2020 University of Acme Pirates Begone Forever",
        "Copyright 2020 The Authors (non-commercial research only)",
        "Copyright 2020 Jane Doe\nMary Landlords Begone",
        "Copyright 2020 Acme R3search 0nly",
        "Copyright 2020 Acme \u0274\u1d0f \ua731\u1d00\u029f\u1d07",
        "Copyright Vegan Kitchens",
        "(c) Notices must stay",
        "Copyright Jane Doe, Embargoed",
        "Copyright (c) 2020 john doe, embargoed",
        "Copyright (c) 2020 students alone",
        "Copyright (c) 2020 lars noncommercial <lars@example.org>",
        "Copyright 2020 Jane Doe, Peaceful Purposes",
        "Copyright 2020 Jane Doe (Withdrawn)",
        "Copyright 2020 Jane Doe. All rights reserved. Embargoed",
        "Copyright 2020 Jane Doe <jane@example.org> Withdrawn",
        "Copyright 2020 Jane Doe\nEmbargoed",
        "Copyright 2020 Tenusersmax",
        "Copyright 2020 Kidsalone",
        "Copyright 2020 DualLicensed",
        "Copyright 2020 Jane Doe/Embargoed",
        "Copyright 2020 Jane-Only-Schools",
        "Copyright 2020 Acme Corporation Royalty Ten Percent",
        "Copyright 2020 Embargoed Foundation",
        "Copyright 2020 Charities Alone",
        "Copyright 2020 Swiss Territory",
        "Copyright 2020 Home Edition",
        "Copyright 2020 30days",
        "Copyright 2020 Jane Doe Class Room",
        "Copyright 2020 Jane Doe http://nc.example.com",
        "Copyright 2020 Jane Doe https://not-for-weapons.example.com",
        "Copyright 2020 Jane Doe https://github.com/research-only",
        "Copyright 2020 Jane Doe https://acme.example/limits",
        "Copyright 2020 Jane Doe <no.commercial.use@example.com>",
    ],
)
def test_a_notice_that_says_more_is_not_exact(line):
    assert changed("Copyright (c) 2024 Jane Doe", line) != "exact"


def test_a_hyphen_at_the_end_of_a_line_may_be_there_for_the_line_only():
    assert changed("sublicense", "sub-\nlicense") == "exact"
    assert changed("Permission", "Permis-\nsion") == "exact"
    assert changed("NONINFRINGEMENT", "NON-\nINFRINGEMENT") == "exact"
    assert changed("sublicense", "non-\nlicense") != "exact"
    assert changed("Permission is", "Permission is un-\n") != "exact"


@pytest.mark.parametrize(
    "lead",
    [
        "This is the MIT license:",
        "This software is licensed under the MIT License.",
        "Released under the terms of the MIT license",
        "The following license applies:",
        "The MIT License (MIT)\n=====================",
    ],
)
def test_a_plain_lead_in_stays_exact(lead):
    assert changed("MIT License", lead) == "exact"


@pytest.mark.parametrize(
    "lead",
    [
        "This is not the MIT license:",
        "This is the modified MIT license:",
        "This code is licensed under the MIT License; the weights are not.",
        "This software is licensed to students under the MIT License.",
        "Released under the MIT License for research",
        "The following license applies to research:",
        "The following license applying to research",
    ],
)
def test_a_lead_in_that_says_more_is_not_exact(lead):
    assert changed("MIT License", lead) != "exact"


def test_a_known_first_name_or_a_body_makes_a_holder_certain():
    assert all(map(holders.certain, ["Jane Doe", "Acme, Inc.", "Zyx Vut <zyx@example.org>"]))
    assert not any(map(holders.certain, ["Zyx Vut", "Notice", "Jane", "Jane Only"]))


@pytest.mark.parametrize(
    "holder",
    [
        *("Free Software Foundation", "Software in the Public Interest", "International Business Machines"),
        *("Investigative Reporters & Editors", "DocumentCloud and Investigative Reporters & Editors"),
        *("Jean-loup Gailly and Mark Adler", "Stichting Mathematisch Centrum Amsterdam", "Red Hat"),
        *("Thai Open Source Software Center", "salesforce.com, inc", "Ingy döt Net", "Yuxi (Evan) You"),
        *("Google LLC. https://angular.io/license", "Google LLC. https://angular.dev/license"),
        "Communications and Remote Sensing Laboratory",
        *("Ludwig van der Berg", "Omar bin Said", "Jan ten Brink", "Les Amis du Verger"),
        *("the pear authors", "Acme SpA", "Institution of Pears", "University of the Orchard"),
        "Anna Berg II",
    ],
)
def test_a_name_that_the_table_knows_is_a_holder_and_a_limit_behind_it_is_not(holder):
    assert holders.is_holder(holder)
    assert not holders.is_holder(f"{holder} for research only")
    assert not holders.is_holder(f"{holder}, no commercial use")


@pytest.mark.parametrize(
    "holder", ["Red Hat", "Stichting Mathematisch Centrum Amsterdam", "Jean-loup Gailly and Mark Adler"]
)
def test_a_known_holder_may_stand_beside_a_person_and_an_unknown_one_may_not(holder):
    assert holders.is_holder(f"{holder} and Jane Doe")
    assert not holders.is_holder("Pear Hat and Jane Doe")
    assert not holders.is_holder(f"{holder} Embargoed and Jane Doe")


def test_a_list_item_is_no_notice():
    assert notices.is_bare_notice("(c) 2024 Zyx Vut")
    assert not notices.is_bare_notice("(c) Zyx Vut")


def test_words_are_compared_without_case_and_accents():
    assert names.fold("Für") == "fur"
    assert names.says("VERBOTEN")
    assert names.says("étudiants")
    assert not names.says("Müller")
    assert not names.says("Cameron")


@pytest.mark.parametrize("rows", [None, {}, {"says": {"grammar": 3}}, {"says": []}])
def test_a_wrong_file_of_names_is_said_loudly(rows):
    with pytest.raises(RuleFileError, match=r"holders\.yaml"):
        names.parse(rows)


@pytest.mark.parametrize("holder", ["Jane Doe", "Acme, Inc."])
@pytest.mark.parametrize(
    ("title", "exact"),
    [
        ("MIT License", True),
        ("The MIT License (MIT)", True),
        ("License: MIT", True),
        ("SPDX-License-" + "Identifier: MIT", True),  # in two parts: it is no statement about this file
        ("Software License Agreement\n\nMIT", True),
        ("https://opensource.org/licenses/MIT", True),
        ("Expat License", True),
        ("License MIT no", False),
        ("END OF LICENSE: 1 January 2025. BEGIN: 1 December 2024", False),
        ("The license of the software end December 2024", False),
        ("Open source software only", False),
        ("MIT License of 31 December 2024", False),
        ("<s>", False),
        ("~~", False),
        ("<del>", False),
        ("<strike>", False),
    ],
)
def test_a_title_is_a_shape_of_the_name(title, exact, holder):
    text = mit().replace("Jane Doe", holder)
    assert (identify(text.replace("MIT License", title, 1)).match == "exact") is exact


@pytest.mark.parametrize(
    ("license_id", "titles"),
    [
        ("MIT-0", ("No license", "This software is provided under the terms of the no license MIT")),
        ("OCLC-2.0", ("Research software", "Research license")),
        ("ECL-2.0", ("EDUCATIONAL SOFTWARE",)),
        ("AFL-3.0", ("Academic Software",)),
        ("OGTSL", ("TEST LICENSE",)),
        ("EUDatagrid", ("EU software license",)),
        ("LGPL-2.1-only", ("LICENSE OF THE SOURCE ONLY", "GNU software only", "GPL only")),
        ("Apache-2.0", ("Version 2 of 3 March 2031",)),
    ],
)
def test_a_limiting_word_of_a_name_is_no_title_by_itself(license_id, titles):
    text = dict(approved()).get(license_id)
    if text is None:
        pytest.skip(f"osslili is not installed: no text of {license_id}")
    assert identify(text).match == "exact"
    for title in titles:
        assert identify(f"{title}\n\n{text}").match != "exact", title


def test_a_cut_text_comes_from_the_one_its_title_names():
    text = mit()
    titled = identify(text[:500])
    bare = identify(text.removeprefix("MIT License\n\n")[:500])
    assert titled.base == "MIT"
    assert "JSON" in titled.alike
    assert "MIT" in {bare.base, *bare.alike}
    assert "one of these" in license_text(read_license(text[13:500].encode()), "en", 80, "9").replace(
        "\n", " "
    )
    assert "MIT License (MIT)" in license_text(read_license(text[:500].encode()), "en", 80, "9")
