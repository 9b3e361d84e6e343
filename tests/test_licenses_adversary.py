"""Nothing that limits anything makes a text exact, wherever it stands; nothing harmless makes it less.

Property tests over every approved text there is. `HYPOTHESIS_PROFILE=search` makes a long run of them.
"""

import re
from functools import cache

import license_forms
import limits
import limits_fresh
import limits_held_back
import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st
from license_texts import APACHE, approved, installed
from tools.fingerprints.sources import known_id

from osaid_audit.licenses import identify
from osaid_audit.licenses.texts.names import fold, names

BREAKS = (", ", "; ", " - ", ": ", ". ", " / ", ". All rights reserved. ", " <jane@example.org> ", " (", "\n")
"""What sets a sentence off from the holder before it, whatever its case."""
SLOTS = (
    "THE COPYRIGHT HOLDERS AND CONTRIBUTORS",
    "THE COPYRIGHT HOLDER OR CONTRIBUTORS",
    "THE AUTHORS OR COPYRIGHT HOLDERS",
    "the copyright holder",
    "the copyright holders",
    "The author",
)
KNOWN_TO_FALL = {
    ("EUPL-1.2", "reflow"),
    ("LPPL-1.3c", "quoted"),
    ("LPPL-1.3c", "commented"),
    ("MS-PL", "bullets"),
    ("MS-RL", "bullets"),
    ("Motosoto", "quoted"),
    ("Motosoto", "commented"),
    ("NGPL", "reflow"),
    ("NGPL", "one_line_paragraphs"),
    ("RPSL-1.0", "reflow"),
    ("Watcom-1.0", "reflow"),
}
"""Texts whose lists cannot be told from references once lines begin elsewhere: they are `near` then."""


def examples(few):
    """So many examples, the same ones each time; as many as the profile says in a long run."""
    default = settings.default
    return settings(
        max_examples=few if default.derandomize else default.max_examples,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


@cache
def bases():
    """(id, text) of approved texts: our own, those of installed packages, and the SPDX texts if there."""
    found = (
        ("Apache-2.0", APACHE),
        *((license_id, text) for _, license_id, text in installed()),
        *approved(),
    )
    if not approved():
        print("osslili is not installed: fewer approved texts to try")
    return tuple(sorted(dict(found).items()))


def with_notice(text, notice):
    """The text with another notice on top, in place of its first one where it has one."""
    lines = text.split("\n")
    for at, line in enumerate(lines[:12]):
        if re.match(r"\s*(?:copyright|\(c\)|©).*(?:\d{4}|<|\[)", line, re.IGNORECASE):
            return "\n".join([*lines[:at], notice, *lines[at + 1 :]])
    return f"{notice}\n\n{text}"


def anywhere(draw, text, said):
    """The text with a sentence put in, at the front, at the end, between or inside paragraphs."""
    paragraphs, words = text.split("\n\n"), text.split(" ")
    between = draw(st.integers(1, len(paragraphs)))
    inside = draw(st.integers(1, len(words) - 1))
    return draw(
        st.sampled_from(
            [
                f"{said}\n\n{text}",
                f"# {said}\n{text}",
                f"<!-- {said} -->\n{text}",
                f"{said} License\n\n{text}",
                f"{text.rstrip()} {said}",
                f"{text}\n\n**{said}**\n",
                f"{text}\n[^1]: {said}\n",
                "\n\n".join([*paragraphs[:between], said, *paragraphs[between:]]),
                " ".join([*words[:inside], said, *words[inside:]]),
            ]
        )
    )


def in_notice(draw, text, said):
    """The text with a sentence on its copyright line: set off in any case, or in ordinary case."""
    if draw(st.booleans()):
        said = draw(st.sampled_from([said, said.title(), said.upper(), "\u200b".join(said)]))
        said = f"{draw(st.sampled_from(BREAKS))}{said}"
        return with_notice(text, f"Copyright (c) 2024 Jane Doe{said}{')' if said[:2] == ' (' else ''}")
    assume(any(word[0].islower() for word in said.split()[1:]))
    holder = draw(
        st.sampled_from(["Jane Doe ", "Acme Inc. ", "", "Jane Doe and ", "The University of Acme "])
    )
    return with_notice(text, f"Copyright (c) 2024 {holder}{said}")


def joined(draw, said):
    """The words of a sentence in an address, or strung together."""
    words = re.findall(r"[A-Za-z]+", said)
    assume(len(words) > 2)
    return draw(
        st.sampled_from(
            [
                f"Jane Doe https://{'-'.join(words).lower()}.example.com",
                f"Jane Doe <{'.'.join(words).lower()}@example.com>",
                f"Jane Doe (https://github.com/{'-'.join(words).lower()})",
                f"Jane-{'-'.join(words)}",
                f"Jane Doe/{'/'.join(words)}",
                "".join(word.title() for word in words),
            ]
        )
    )


@st.composite
def limited(draw, wordings):
    """An approved text with something that limits it."""
    license_id, text = draw(st.sampled_from(bases()))
    said = draw(wordings)
    slots = [slot for slot in SLOTS if slot in text]
    kind = draw(st.sampled_from(["anywhere", "notice", "joined", "slot", "slot_more"]))
    note(f"{license_id}, {kind}: {said}")
    if kind == "notice" or (kind.startswith("slot") and not slots):
        return in_notice(draw, text, said)
    if kind == "joined":
        return with_notice(text, f"Copyright (c) 2024 {joined(draw, said)}")
    if kind == "anywhere":
        return anywhere(draw, text, said)
    slot = draw(st.sampled_from(slots))
    cased = draw(st.sampled_from([said, said.title(), said.upper()]))
    return text.replace(slot, cased if kind == "slot" else f"{slot}, {cased}", 1)


@examples(200)
@given(limited(limits.sentences()))
def test_a_limiting_sentence_anywhere_is_never_exact(text):
    assert identify(text).match != "exact", text[:300]


@examples(200)
@given(limited(limits_held_back.sentences()))
def test_a_limiting_sentence_in_words_never_tuned_on_is_never_exact(text):
    assert identify(text).match != "exact", text[:300]


def test_every_base_is_exact_to_begin_with():
    assert [license_id for license_id, text in bases() if identify(text).match != "exact"] == []


PLACEHOLDERS = ("The Authors", "the copyright holders", "<name of author>", "[owner]", "Company", "Holder")


@pytest.mark.parametrize("said", limits_fresh.HOLDERS)
def test_a_holder_in_a_wording_never_tuned_on_is_never_exact(said):
    assert identify(with_notice(APACHE, "Copyright 2024 Jane Doe and contributors")).match == "exact"
    for _, text in bases()[:: max(1, len(bases()) // 4)]:
        assert identify(with_notice(text, f"Copyright (c) 2024 {said}")).match != "exact"


@pytest.mark.parametrize("said", limits_fresh.BRACKETS + limits_held_back.SENTENCES[::5])
def test_brackets_behind_a_placeholder_say_nothing(said):
    for holder in PLACEHOLDERS:
        for sign in ("Copyright (c) 2024", "(c)", "Copyright 2020-2024 by", "> Copyright 2024"):
            assert identify(f"{sign} {holder} ({said})\n\n{APACHE}").match != "exact"
    assert identify(f"Copyright 2024 The Authors (https://example.org)\n\n{APACHE}").match == "exact"


@pytest.mark.parametrize("said", limits_fresh.TITLES)
def test_words_of_a_title_in_another_order_are_no_title(said):
    for license_id, text in bases():
        assert identify(f"{said}\n\n{text}").match != "exact", license_id


CROWD = ("Landlords", "Hackers", "Barbers", "Robots", "Freedonians")
FATE = ("Begone", "Keep Out", "Unwelcome", "Frozen Forever", "Ineligible", "Nix")
BEHIND = ("Acme Foundation", "The Acme Authors", "University of Acme", "Acme Inc.", "Jane Doe", "Acme Team")


@st.composite
def crowded(draw):
    """Notices whose capitals hide a sentence behind a body, an "and", digits or a lower-case word."""
    one, two = (f"{draw(st.sampled_from(CROWD))} {draw(st.sampled_from(FATE))}" for _ in "12")
    behind = draw(st.sampled_from(BEHIND))
    mark = draw(st.sampled_from([" and ", " & ", ", ", "; ", " et ", " und ", " y "]))
    leet = draw(st.sampled_from(["R3search 0nly", "N0 C0mmercial Us3", "4research 0nly", "n0 us3"]))
    shapes = [
        f"{behind}{mark}{one}{mark}{two}",
        f"{behind} {one} {two}",
        f"{one}{mark}{two}{mark}{behind}",
        f"Jane Doe {draw(st.sampled_from(['kaput', 'frozen', 'muzzled']))}{mark}{one}",
        f"Jane Doe frozen {draw(st.sampled_from(['contributors', 'team', 'project']))}{mark}{one}",
        f"{behind} {leet}",
        f"Jane Doe\n{one} {two}",
    ]
    return f"Copyright (c) 2024 {draw(st.sampled_from(shapes))}"


@examples(200)
@given(st.sampled_from(bases()), crowded())
def test_capitals_behind_a_name_are_no_names(base, notice):
    assert identify(with_notice(base[1], notice)).match != "exact"


LIMITING = ("only", "no", "non", "not", "research", "academic", "educational", "test", "end", "EU", "s")
ABOVE = ("license", "software", "source", "public", "open", "version 2", "December 2024", "the", "of the")


@examples(200)
@given(
    st.sampled_from(bases()), st.lists(st.sampled_from(LIMITING + ABOVE), min_size=2, max_size=6), st.data()
)
def test_words_of_titles_strung_together_are_no_title(base, said, data):
    said = data.draw(st.permutations([*said, data.draw(st.sampled_from(LIMITING))]))
    title = data.draw(st.sampled_from([" ".join, lambda words: " ".join(words).title()]))(said)
    note(f"{base[0]}: {title}")
    assert identify(f"{title}\n\n{base[1]}").match != "exact"


@pytest.mark.parametrize(
    "marks", [("<s>", "</s>"), ("~~", "~~"), ("<del>", "</del>"), ("<strike>", "</strike>")]
)
def test_a_text_that_is_struck_out_is_never_exact(marks):
    for _, text in bases()[::9]:
        assert identify(f"{marks[0]}\n{text}\n{marks[1]}").match != "exact"
        assert identify(f"{marks[0]}\n{text}").match != "exact"


NAMED = re.compile(
    r"copyright|holder|author|contributor|owner|licensor|developer|regents|trustee", re.IGNORECASE
)


def is_alternative(pieces, at):
    """Whether a small word stands among names of parties, where a template leaves the choice."""
    return NAMED.search("".join(pieces[max(0, at - 8) : at + 9])) is not None


SMALL = {"or": "and", "and": "or", "any": "no", "not": "", "no": "any", "without": "with", "all": "some"}


@examples(200)
@given(st.sampled_from(bases()), st.data())
def test_another_small_word_or_number_is_never_exact(base, data):
    pieces = re.split(r"(\W+)", base[1])
    known = [at for at, each in enumerate(pieces) if each.lower() in SMALL and not is_alternative(pieces, at)]
    assume(known)
    at = data.draw(st.sampled_from(known))
    new = SMALL[pieces[at].lower()]
    note(f"{base[0]}: {' '.join(pieces[at - 6 : at + 7])}")
    changed = "".join([*pieces[:at], new.upper() if pieces[at].isupper() else new, *pieces[at + 1 :]])
    assert identify(changed).match != "exact"


@examples(150)
@given(st.sampled_from(bases()), st.sampled_from(limits.WORDS + limits_held_back.WORDS), st.data())
def test_another_word_in_an_operative_sentence_is_never_exact(base, word, data):
    pieces = re.split(r"(\S+@\S+|\W+)", base[1])  # the name in an address is a name whatever it is
    at = data.draw(
        st.sampled_from([at for at, each in enumerate(pieces) if re.fullmatch(r"[A-Za-z]{3,}", each)])
    )
    added = data.draw(st.booleans())
    note(f"{base[0]}: {pieces[at]}")
    assume(word.lower() != pieces[at].lower())
    changed = "".join([*pieces[:at], f"{word} {pieces[at]}" if added else word, *pieces[at + 1 :]])
    assert identify(changed).match != "exact"


@pytest.mark.parametrize(("old", "new"), limits_held_back.FLIPS)
def test_a_sentence_turned_round_is_never_exact(old, new):
    meant = [(license_id, text) for license_id, text in bases() if old in text]
    if not meant:
        assert not approved(), "no text has the words"
        pytest.skip("osslili is not installed: no text with these words to turn round")
    for license_id, text in meant[:25]:
        assert identify(text.replace(old, new)).match != "exact", license_id


GIVEN = ("Jane", "John", "Maria", "Hans", "Aiko", "José", "Zoë", "Ludwig", "Q.", "Anne-Marie")
FAMILY = ("Doe", "Müller", "O'Neill", "Nakamura", "van der Berg", "García Pérez", "McTavish", "Smith-Jones")
BODY = (
    "Acme, Inc.",
    "Widget Works GmbH",
    "The Acme Authors",
    "University of Somewhere",
    "Acme Foundation",
    "ACME AI",
)
YEARS = ("2024", "2017-2024", "2019, 2021", "2020-present", "2020-21")
MARKS = (
    "Copyright (c) {} ",
    "Copyright {} ",
    "\u00a9 {} ",
    "(c) {} ",
    "Copyright (C) {} by ",
    "Copyright \u00a9 {}, ",
)


@st.composite
def notices(draw):
    """Ordinary notices of year and holder."""
    person = st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(FAMILY))
    more = (
        "",
        "",
        "",
        " and contributors",
        " <jane@example.org>",
        " (https://example.org)",
        ". All rights reserved.",
    )
    holder = draw(st.one_of(person, st.sampled_from(BODY)))
    tail = draw(st.sampled_from(more))
    assume(not (holder.endswith(".") and tail.startswith(".")))
    return f"{draw(st.sampled_from(MARKS)).format(draw(st.sampled_from(YEARS)))}{holder}{tail}"


@examples(150)
@given(
    st.sampled_from(bases()),
    st.lists(st.sampled_from(license_forms.ALL), max_size=1),
    st.lists(notices(), max_size=2),
)
def test_a_harmless_form_stays_exact(base, forms, heads):
    license_id, text = base
    names = [form.__name__ for form in forms]
    assume(not {(license_id, name) for name in names} & KNOWN_TO_FALL)
    for form in forms:
        text = form(text)
    if heads and not {"quoted", "fenced", "commented", "crlf"} & set(names):
        text = "\n".join([*heads, "", text])
    note(f"{license_id} {names} {heads}")
    found = identify(text)
    assert (found.match, found.id) == ("exact", known_id(license_id))


def test_a_title_in_capitals_is_the_same_title():
    if not approved():
        pytest.skip("osslili is not installed: no texts of all approved licenses to try")
    wrong = [name for name, text in approved() if identify(license_forms.capitals(text)).match != "exact"]
    assert wrong == []


@pytest.mark.parametrize("form", license_forms.ALL, ids=lambda form: form.__name__)
def test_every_harmless_form_of_our_own_text_is_exact(form):
    found = identify(form(APACHE))
    assert (found.match, found.id) == ("exact", "Apache-2.0")


def test_every_approved_text_is_exact():
    if not approved():
        pytest.skip("osslili is not installed: no texts of all approved licenses to try")
    wrong = []
    for license_id, text in approved():
        found = identify(text)
        if (found.match, found.id, found.osi_approved) != ("exact", known_id(license_id), True):
            wrong.append((license_id, found.match, found.id))
    assert wrong == []
    assert len(approved()) >= 140


def test_the_wordings_never_tuned_on_are_not_in_the_lists():
    said = {fold(word) for each in limits_fresh.HOLDERS for word in re.findall(r"[^\W\d_]{3,}", each)}
    listed = names().says.whole | names().plain
    assert said & listed == {"off", "upon", "street", "walk"}, "they stood there before the wordings did"
