"""The fiche: it fits one sheet, says nothing more positive than the verdict, and lists what binds."""

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any, get_args

import pytest
from door import OPEN, osaid_audit
from sample_hostile import EVIL, hostile
from sample_practical import APACHE, CASES, FREE, NORMS, attested, bound_by, judged, open_terms, tuned
from samples import undecided

from osaid_audit.errors import UsageError
from osaid_audit.render import read_reports, render, render_many, words
from osaid_audit.render.fiche.around import Around
from osaid_audit.render.fiche.bound import LATER
from osaid_audit.render.fiche.case import Case, cut
from osaid_audit.render.fiche.freedoms import Answer, Freedoms
from osaid_audit.render.fiche.page import Sheet
from osaid_audit.render.words import Words
from osaid_audit.schema.base import FREEDOMS, Freedom, Outcome, Problem, Text
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.licenses import RESTRICTED, ClauseId, Concluded, Conflict, Declared, LicenseFile
from osaid_audit.schema.report import Report

GOLDEN = Path(__file__).parent / "golden"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
LANGUAGES = ("en", "fr")
NO_LICENSE = Hop(id="orchard/must-3b", relation="finetune", depth=1, cls="none", breaks=("use", "share"))


def answers(report: Report, lang: str = "en") -> dict[Freedom, Answer]:
    """The four answers of a report."""
    freedoms = Freedoms(Case(report, Words(lang)))
    return {freedom: freedoms.answer(freedom) for freedom in FREEDOMS}


def here(report: Report, lang: str = "en") -> Answer:
    return Freedoms(Case(report, Words(lang))).here


def text(report: Report, lang: str = "en") -> str:
    """What a reader of the fiche reads."""
    page = render(report, "fiche", lang)
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def without_style(page: str) -> str:
    page = re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)
    return re.sub(r"style-src '[^']*'", "style-src ''", page)


# Golden files: remake them with UPDATE_GOLDEN=1


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-11-22T10:00:00Z", "on 22 November 2026"),
        ("2026-1-9", "on 9 January 2026"),
        ("2026-13-01", "on 2026-13-01"),
        ("2026-00-01", "on 2026-00-01"),
        ("2026-00199-01", "on 2026-00199-01"),
        ("2026-001" + "9" * 5000 + "-01", "on 2026-0019999"),
        ("٢٠٢٦-١١-٢٢", "on ٢٠٢٦-١١-٢٢"),
        ("yesterday", "on yesterday"),
    ],
    ids=lambda each: each[:14],
)
def test_what_is_no_day_is_shown_as_it_is(moment, shown):
    assert shown in text(open_terms().model_copy(update={"gathered_at": moment}))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", ["open", "restricted", "tuned"])
def test_golden(case, lang, request):
    import os

    shown = without_style(render(CASES[case](), "fiche", lang))
    path = GOLDEN / f"{case}.{lang}.fiche.html"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


# Never more positive than the verdict


def broken(report: Report) -> set[Freedom]:
    main = report.framework("osaid-1.0")
    return {
        freedom
        for finding in main.findings
        if finding.required and finding.outcome is Outcome.NOT_MET
        for freedom in finding.freedoms
    }


def too_positive(report: Report) -> list[str]:
    """Everything a fiche says that the report does not carry."""
    main = report.framework("osaid-1.0")
    found, taken = answers(report), broken(report)
    wrong = []
    for freedom, answer in found.items():
        status = main.freedoms[freedom].status
        if answer.kind == "yes" and status is not Outcome.MET:
            wrong.append(f"{freedom}: yes, though {status}")
        if freedom in taken and answer.kind not in {"no", "conditions"}:
            wrong.append(f"{freedom}: {answer.kind}, though taken")
        if answer.kind == "unknown" and status is Outcome.NOT_MET:
            wrong.append(f"{freedom}: unknown, though broken")
        if not answer.said:
            wrong.append(f"{freedom}: a word without a reason")
    top = here(report)
    if top.kind in {"yes", "allowed"} and found["use"].kind in {"no", "conditions"}:
        wrong.append(f"here: {top.kind}, though use: {found['use'].kind}")
    if top.kind == "yes" and found["use"].kind != "yes":
        wrong.append("here: yes")
    if top.kind == "allowed" and not any(
        "could not be established" in said or "list" in said for said in top.said
    ):
        wrong.append("here: allowed without what is not established")
    return [*wrong, *unlisted(report)]


def unlisted(report: Report) -> list[str]:
    """The clauses that the report knows and the fiche keeps to itself."""
    concluded, page = report.license.concluded, text(report)
    if concluded is None or Case(report, Words("en")).unlicensed:
        return []
    speak = Words("en")
    told = {
        clause: speak(f"fiche.later.{clause}" if clause in LATER else f"fiche.clause.{clause}") in page
        or speak(f"clause.{clause}") in page
        for clause in concluded.clauses
    }
    return [f"{clause}: not listed" for clause, there in told.items() if not there]


@pytest.mark.parametrize("case", CASES)
def test_a_fiche_is_never_more_positive_than_its_report(case):
    assert too_positive(CASES[case]()) == []


@pytest.fixture(scope="module")
def corpus(shared):
    """Every real card, audited through the local Hub."""
    import tempfile

    from hub.server import LocalHub
    from tools.accuracy import cards

    from osaid_audit import audit_many

    ids = cards()
    with LocalHub.from_corpus(shared / "corpus") as hub, tempfile.TemporaryDirectory() as cache:
        made = audit_many(ids, endpoint=hub.url, cache_dir=Path(cache), links=False, frameworks=NORMS)
    return [report for report in made if isinstance(report, Report)]


def test_no_fiche_of_a_real_card_is_more_positive_than_its_report(corpus):
    assert len(corpus) > 200
    assert {r.subject.id: wrong for r in corpus if (wrong := too_positive(r))} == {}


def test_of_real_cards_restricted_terms_never_read_as_free(corpus):
    for report in corpus:
        concluded = report.license.concluded
        if (concluded and concluded.cls in RESTRICTED) or any(
            hop.cls in RESTRICTED for hop in report.lineage
        ):
            assert here(report).kind in {"no", "conditions"}, report.subject.id
            assert not {"yes", "allowed"} & {answer.kind for answer in answers(report).values()}


def test_the_check_of_the_check(monkeypatch):
    """A fiche that said yes to everything would be noticed."""
    monkeypatch.setattr(Freedoms, "answer", lambda *_: Answer("yes", ("Go ahead.",)))
    assert len(too_positive(CASES["restricted"]())) >= 5
    assert too_positive(CASES["open"]()) != []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("clause", get_args(ClauseId))
def test_every_clause_is_told_in_plain_words(clause, lang):
    report = bound_by(clause)
    key = f"fiche.later.{clause}" if clause in LATER else f"fiche.clause.{clause}"
    assert " ".join(Words(lang)(key).split()) in text(report, lang)


@pytest.mark.parametrize(
    ("clause", "freedom", "kind"),
    [
        ("no_derivatives", "modify", "no"),
        ("no_derivatives", "share", "conditions"),
        ("no_redistribution", "share", "no"),
        ("noncommercial", "use", "conditions"),
        ("guardrail_lock", "modify", "conditions"),
        ("flow_down", "share", "conditions"),
        ("geography", "use", "conditions"),
    ],
)
def test_what_a_clause_does_to_a_freedom(clause, freedom, kind):
    report = bound_by(clause, breaks=(freedom,))
    assert answers(report)[freedom].kind == kind


def test_private_use_only_is_a_no_for_any_place():
    assert here(bound_by("personal", cls="noncommercial")).kind == "no"
    assert here(bound_by("noncommercial", cls="noncommercial")).kind == "conditions"


def test_what_is_not_commercial_is_said_for_schools_and_firms_apart():
    page = text(CASES["noncommercial"]())
    assert "In a school, an association, an administration As long as the use is not commercial." in page
    assert "In a firm Not for its business, unless the publisher agrees." in page
    assert "In a firm" not in text(CASES["restricted"]())


def test_open_terms_say_both_what_they_allow_and_what_is_not_established():
    said = answers(open_terms())
    for freedom in ("use", "modify", "share"):
        assert said[freedom].kind == "unknown"
        assert said[freedom].said == (
            "The published terms allow it.",
            "It could not be established whether an older model that it was made from forbids it.",
        )
    assert here(open_terms()).kind == "allowed"


def test_unread_terms_allow_nothing():
    report = CASES["unread"]()
    assert {answer.kind for answer in answers(report).values()} == {"unknown"}
    assert here(report).kind == "unknown"
    assert "allow it" not in text(report)


def test_a_license_nobody_knows_allows_nothing():
    assert here(CASES["custom"]()).kind == "unknown"
    assert "terms that this tool does not know" in text(CASES["custom"]())


def test_no_license_and_no_files_are_a_no():
    assert [here(CASES[case]()).kind for case in ("unlicensed", "absent")] == ["no", "no"]
    assert "nobody has been given the right" in text(CASES["unlicensed"]())
    assert "there is nothing to install" in text(CASES["absent"]())


def test_an_open_label_over_a_restricted_base_is_on_conditions_and_names_the_base():
    report = tuned()
    assert here(report).kind == "conditions"
    page = text(report)
    assert "It was made from orchard/must-3b, whose terms bind you too." in page
    assert Words("en")("fiche.clause.acceptable_use_policy") in page
    assert "multimodal models" in page, "a clause for some cases"


def test_a_base_of_unknown_license_that_takes_a_freedom_is_told_without_a_clause():
    report = tuned("LicenseRef-nobody-knows")
    assert here(report).kind == "conditions"
    assert here(report).said[0] == "The terms set limits. Read them before you start."


def test_a_base_without_any_license_is_a_no():
    report = tuned("none", "none")
    assert {freedom for freedom, answer in answers(report).items() if answer.kind == "no"} == {"use", "share"}
    assert here(report).kind == "no"
    assert "orchard/must-3b, for which no license was found" in text(report)


def test_terms_with_a_doubt_in_them_allow_nothing():
    """An open license whose rule wants a person to look, for another reason than OSI's list."""
    report = open_terms()
    main = report.framework("osaid-1.0")
    findings = tuple(
        f.model_copy(update={"outcome": Outcome.NEEDS_REVIEW}) if f.rule == "weights-license" else f
        for f in main.findings
    )
    frameworks = (main.model_copy(update={"findings": findings}), *report.frameworks[1:])
    doubtful = report.model_copy(update={"frameworks": frameworks})
    assert here(doubtful).kind == "unknown"
    assert "leave a doubt" in text(doubtful)
    assert "allow it" not in text(doubtful)


def test_another_binary_norm_does_not_speak_for_the_definition():
    report = open_terms()
    [main, *rest] = report.frameworks
    other = main.model_copy(update={"id": "purchasing", "verdict": "does_not_conform"})
    assert text(report.model_copy(update={"frameworks": (other, main, *rest)})) == text(report)
    assert "was not asked" in text(report.model_copy(update={"frameworks": (other, *rest)}))


def test_a_yes_stands_on_a_name():
    report = CASES["signed"]()
    assert {answer.kind for answer in answers(report).values()} == {"yes"}
    assert text(report).count("on the word of Ada Exemple") >= 5
    nameless = report.model_copy(
        update={
            "frameworks": tuple(
                each.model_copy(update={"on_the_word_of": None}) for each in report.frameworks
            )
        }
    )
    assert "no name stands for it" in text(nameless)


def test_what_the_publisher_keeps_back_is_a_no_to_study():
    report = open_terms(**{"data.withheld": True, "code.training_withheld": True})
    said = answers(report)
    assert said["study"].kind == said["modify"].kind == "no"
    assert "keeps back" in said["modify"].said[0]
    assert "The publisher says that it does not describe the training data." in said["study"].said


def test_a_refusal_to_release_the_data_is_told_and_is_not_nothing():
    refused = "The publisher says that it does not release the training data, or not all of it."
    nothing = "Nothing was found about the training data."
    said = answers(open_terms(**{"data.not_released": True}))["study"].said
    assert refused in said
    assert nothing not in said
    both = answers(open_terms(**{"data.not_released": True, "data.described": True}))["study"].said
    assert both[0] == refused
    assert "a person must judge" in both[1]
    silent = answers(judged({"weights.present": True}))["study"].said
    assert nothing in silent
    assert refused not in silent


LIMIT = "Commercial use of it is not allowed by the team."


def limited_in_prose(sentence: str = LIMIT, **side: str) -> Report:
    """A card whose prose speaks of terms that no license explains."""
    left, right = (
        Declared(value=sentence, role="prose", **side),
        Declared(value="mit", role="declared", id="MIT"),
    )
    terms = Concluded(id="LicenseRef-unidentified", cls="custom-unknown", basis="stated")
    report = judged({**OPEN, "license.class": "custom-unknown"}, terms)
    block = report.license.model_copy(update={"conflicts": (Conflict(left=left, right=right),)})
    return report.model_copy(update={"license": block})


def test_the_sentence_behind_a_doubt_is_shown():
    assert f"The page says: “{LIMIT}”" in here(limited_in_prose()).said
    page = text(limited_in_prose())
    assert "LicenseRef" not in page
    assert "License: " not in page
    named = text(limited_in_prose("It is under the MIT license.", id="MIT"))
    assert "The page says" not in named, "the name of a license is no limit"
    assert "The page says" not in text(CASES["custom"]())


def test_a_long_sentence_and_a_long_name_are_cut_after_a_word():
    said = here(limited_in_prose("You may not sell what it writes to anybody else. " * 9)).said[0]
    assert re.search(r" (?:You|may|not|sell|what|it|writes|to|anybody|else)…”$", said)
    assert cut("one two three", 13) == "one two three"
    assert cut("one two three", 11) == "one two…"
    assert cut("o" * 20, 11) == "o" * 11 + "…"


@pytest.mark.parametrize(
    ("license_", "name", "said"),
    [
        ("CC-BY-NC-4.0", "Creative Commons Attribution Non Commercial 4.0 International", "CC-BY-NC-4.0."),
        ("MIT", "MIT License", "MIT License."),
        ("LicenseRef-o", "Orchard Community License Agreement of the Association of Growers", None),
    ],
)
def test_the_name_of_a_license_is_never_cut_inside_a_word(license_, name, said):
    known = Concluded(id=license_, name=name, cls="noncommercial", basis="stated", clauses=("noncommercial",))
    report = judged({**OPEN, "license.class": "noncommercial"}, known)
    shown = Around(Case(report, Words("en"))).license
    assert shown == f"License: {said or 'Orchard Community License Agreement of the Association of…'}"


def test_of_what_is_only_offered_as_a_service_nothing_is_said_of_a_copy():
    hosted, copied = (text(judged({**FREE, "weights.present": there}, APACHE)) for there in (False, True))
    assert "Whoever offers it as a service, on any day: you have no copy of it." in hosted
    assert "Keep the license text" not in hosted
    assert "the copy that you have" not in hosted
    assert "Nobody, going by the published terms" in copied
    assert "Keep the license text" in copied


@pytest.mark.parametrize("gated", ["no", "auto", "manual"])
def test_files_on_a_site_that_was_not_read_have_no_known_access(gated):
    """The gate is that of the page, and says nothing of files that are not there."""
    here_, there = FREE, {name: value for name, value in FREE.items() if name != "weights.present"}
    there["weights.external"] = True
    elsewhere = text(judged({**there, "access.gated": gated}, APACHE))
    assert "The download needs" not in elsewhere
    assert "free of charge" not in elsewhere
    assert "Whether anybody can download it." in elsewhere
    assert "the copy that you have" not in elsewhere
    assert "other terms may stand where they are" in elsewhere
    on_the_page = text(judged({**here_, "access.gated": gated}, APACHE))
    assert "The download needs" in on_the_page
    assert "Whether anybody can download it." not in on_the_page


def test_a_base_without_a_license_has_no_terms_that_apply():
    page = text(tuned("none", "none"))
    assert "No license was found for orchard/must-3b, from which it was made" in page
    assert "Also those of" not in page
    assert "whose terms bind you too" not in page
    assert "can stay with you" not in page
    assert "nobody has been given the right to use them" in page
    restricted = text(tuned())
    assert "Also those of orchard/must-3b" in restricted
    assert "No license was found" not in restricted


def test_who_can_change_the_rules_is_named():
    def later(report: Report) -> str:
        return Around(Case(report, Words("en"))).later[0]

    none = judged({**FREE, "lineage.declared_base": True}, APACHE, lineage=(NO_LICENSE,))
    assert later(none).startswith("The publisher of orchard/must-3b, from which it was made, on any day")
    assert later(tuned()) == "The publisher of orchard/must-3b, from which it was made:"
    assert later(bound_by("revocable")) == "The publisher:"
    mixed = bound_by("revocable").model_copy(update={"lineage": tuned().lineage})
    assert later(mixed) == "The publisher, and that of orchard/must-3b, from which it was made:"
    assert later(open_terms()).startswith("Nobody, going by the published terms")


@pytest.mark.parametrize(
    ("facts", "said", "not_said"),
    [
        ({}, "without network or account", "have them checked"),
        ({"code.remote": True}, "programs that come with it or from elsewhere", "without network or account"),
        ({"weights.needs_base": True}, "without another model", "without network or account"),
        ({"access.gated": "manual"}, "which can be refused", "needs no account"),
        ({"weights.pickled": True}, "may hold programs", "It may have a price"),
        ({"access.price_named": True}, "The page speaks of a price", "free of charge"),
        ({"license.usage_policy": True}, "A use policy stands beside", "It takes a server"),
        ({"weights.set_bytes": 90_000_000_000}, "It takes a server", "ordinary, recent computer"),
    ],
)
def test_where_data_goes_and_what_it_takes(facts, said, not_said):
    page = text(open_terms(**facts))
    assert said in page
    assert not_said not in page


def test_a_report_without_the_definition_says_no_yes_and_no_verdict():
    report = open_terms()
    alone = report.model_copy(update={"frameworks": (report.framework("practical"),), "label": None})
    assert "yes" not in {answer.kind for answer in answers(alone).values()}
    assert "was not asked" in text(alone)


def test_a_report_without_the_practical_questions_is_refused_with_the_next_step():
    with pytest.raises(UsageError, match="lacks the practical questions") as caught:
        render(undecided(), "fiche")
    assert "--format fiche" in caught.value.hint


# The page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_no_number_but_dates_names_and_versions(case, lang):
    page = text(CASES[case](), lang)
    page = re.sub(
        r"\b[0-9a-f]{40}\b|\d{1,2}(?:er)? \w+ \d{4}|osaid-audit [\d.]+|(?:rules|règles) [\d.]+", "", page
    )
    page = re.sub(r"Apache License 2.0|quince-1b|must-3b|x+…?|/\d.md", "", page)
    assert re.findall(r"\d+|%", page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fiche_ends_with_whose_reading_it_is(lang):
    for make in CASES.values():
        page = text(make(), lang)
        notice = Words(lang)("fiche.notice")
        assert notice.replace("\u00a0", " ") in page.replace("\u00a0", " ")
        assert page.index("Open Source Initiative, ") > len(page) / 2


def test_words_of_the_trade_stay_out():
    for lang, jargon in (
        ("en", r"\b(weights?|dataset|commit|hash|SHA|LoRA|fine-?tun|quantiz|token|repositor|gated|OSAID|G7)"),
        ("fr", r"\b(poids|dataset|commit|hash|SHA|LoRA|fine-?tun|quantif|jeton|dépôt|OSAID|G7|token|hub)\b"),
    ):
        for key, entry in words.shipped().items():
            if key.startswith("fiche."):
                assert not re.search(jargon, entry[lang], re.IGNORECASE), key


def worlds() -> list[Report]:
    """Reports that between them make a fiche say all that it can say."""
    reports = [make() for make in CASES.values()]
    reports += [bound_by(clause, breaks=("use", "modify", "share")) for clause in get_args(ClauseId)]
    reports += [bound_by("flow_down", breaks=("share",)), bound_by("revenue_threshold", breaks=("modify",))]
    told: list[dict[str, Any]] = [
        {"access.gated": "auto"},
        {"weights.set_bytes": 20_000_000_000, "weights.set_bytes_most": 20_000_000_000},
        {"license.usage_policy": True},
        {"license.class": "open-not-osi"},
        {"data.withheld": True, "data.described": True},
        {"data.described": True, "code.training_found": True},
        {"license.read_all": True, "license.class": "custom-unknown"},
        {"lineage.declared_base": True},
    ]
    reports += [open_terms(**facts) for facts in told]
    undeclared = {"license.read_all": True, "license.class": "osi", "weights.external": True}
    reports += [judged(undeclared), judged({"license.commercial_limited": True})]
    base = Hop(id="a/b", relation="merge", depth=1)
    bases = tuple(base.model_copy(update={"id": f"a/{n}"}) for n in range(3))
    unlisted = judged({**FREE, "lineage.declared_base": True}, APACHE, lineage=bases)
    signed = CASES["signed"]()
    subject = signed.subject.model_copy(update={"source": "file", "revision": None})
    lineage = {"lineage.accepted": True}
    alone = open_terms().framework("practical")
    nameless = tuple(each.model_copy(update={"on_the_word_of": None}) for each in signed.frameworks)
    leads = LicenseFile(path="TERMS", match="unknown", leads=("personal",))
    return [
        *reports,
        unlisted,
        signed.model_copy(update={"subject": subject}),
        signed.model_copy(update={"frameworks": nameless}),
        open_terms().model_copy(update={"frameworks": (alone,)}),
        judged({**FREE, "license.class": "custom-unknown"}, files=(leads,)),
        judged({**FREE, "license.class": "open-not-osi"}, files=(leads,)),
        tuned("none", "none"),
        limited_in_prose(),
        judged({name: value for name, value in FREE.items() if name != "weights.present"}, APACHE),
        judged({**FREE, "lineage.declared_base": True}, APACHE, lineage=(NO_LICENSE,)),
        bound_by("revocable").model_copy(update={"lineage": tuned().lineage}),
        open_terms(**{"license.mutable_policy": True}),
        open_terms(**{"data.not_released": True}),
        attested(FREE, **lineage),
        attested(FREE, **{"data.description_complete": True}),
        attested(FREE, **{"data.description_complete": False}),
        attested({"weights.present": True, "data.withheld": True}),
    ]


def test_no_text_is_left_over(monkeypatch):
    shown: set[str] = set()
    speak = Words.__call__

    def record(self, key, **values):
        shown.add(key)
        return speak(self, key, **values)

    monkeypatch.setattr(Words, "__call__", record)
    for report in worlds():
        render(report, "fiche", "en")
    render_many([open_terms(), open_terms()], "fiche", "fr")
    render_many([], "fiche", "fr")
    # Days after the first of a month, and a card that nobody read.
    render(
        open_terms().model_copy(update={"as_of": "2026-11-22", "gathered_at": "2026-11-22T10:00:00Z"}),
        "fiche",
    )
    foreign = Problem(
        what="README.md", state="unsupported", why=Text(en="x", fr="x"), next=Text(en="x", fr="x")
    )
    render(CASES["unread"]().model_copy(update={"problems": (foreign,)}), "fiche")
    # A page behind a gate, and a base that nobody read.
    shut = foreign.model_copy(update={"state": "gated"})
    render(CASES["unread"]().model_copy(update={"problems": (shut,)}), "fiche")
    behind = Hop(id="org/base", relation="finetune", depth=1, problem="gated")
    render(CASES["unread"]().model_copy(update={"problems": (), "lineage": (behind,)}), "fiche")
    left = {key for key in words.shipped() if key.startswith("fiche.")} - shown
    assert sorted(left) == []


def test_none_of_these_worlds_reads_more_positive_than_its_report():
    wrong = [too_positive(report) for report in worlds() if "osaid-1.0" in {f.id for f in report.frameworks}]
    assert len(wrong) > 50
    assert [each for each in wrong if each] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_text_is_inert(lang):
    base = hostile()
    practical = open_terms().framework("practical")
    report = base.model_copy(update={"frameworks": (*base.frameworks, practical)})
    page = render(report, "fiche", lang)
    body = without_style(page)
    assert "<script" not in body
    assert "javascript:" not in re.findall(r'href="([^"]*)"', body)
    assert re.findall(r' on\w+="', body) == []
    assert not {"\u202e", "\x1b", "\u2066"} & set(page)
    assert "a" * 200 not in body
    assert EVIL not in body
    assert len(page) < 40_000


def test_the_page_asks_nobody_for_anything():
    page = render(open_terms(), "fiche")
    assert "default-src 'none'" in page
    assert re.findall(r"(?:src|srcset|@import|url\()[=\s]*[\"']?http", page) == []
    assert len(re.findall(r"<h1", page)) == 1
    assert page.count("<main>") == 1


def test_same_report_same_bytes():
    assert render(open_terms(), "fiche", "fr") == render(open_terms(), "fiche", "fr")


def test_several_models_are_several_sheets_with_ids_of_their_own():
    page = render_many([CASES["open"](), CASES["restricted"]()], "fiche")
    assert page.count("<article") == 2
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    named = set(re.findall(r'aria-labelledby="([^"]+)"', page))
    assert len(named) > 1
    assert named <= set(ids)


def pages_of(page: str, folder: Path) -> int:
    """How many sheets the browser prints."""
    source, target = folder / "fiche.html", folder / "fiche.pdf"
    source.write_text(page, encoding="utf-8")
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return len(re.findall(rb"/Type\s*/Page\b", target.read_bytes()))


def needs_browser() -> None:
    if BROWSER is None:
        pytest.skip("no chromium on this machine: it counts the printed sheets (apt-get install chromium)")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_fiche_is_one_printed_sheet(lang, tmp_path):
    needs_browser()
    reports = [*worlds(), *(bound_by(*get_args(ClauseId)[:n]) for n in range(2, 21, 3))]
    assert pages_of(render_many(reports, "fiche", lang), tmp_path) == len(reports)
    assert pages_of(render(CASES["crowded"](), "fiche", lang), tmp_path) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_longest_of_real_cards_give_one_printed_sheet_each(corpus, lang, tmp_path):
    """The longest of each size of print; all 207 were printed when the sizes were chosen."""
    needs_browser()
    sheets = [(report, Sheet(Case(report, Words(lang)), "r")) for report in corpus]
    longest = [
        report
        for size in ("roomy", "", "dense")
        for _, report in sorted(
            ((sheet.letters, report) for report, sheet in sheets if sheet.size == size),
            key=lambda one: one[0],
        )[-10:]
    ]
    assert len(longest) >= 20
    assert pages_of(render_many(longest, "fiche", lang), tmp_path) == len(longest)


# The command line


def test_asking_for_a_fiche_asks_the_practical_questions(capsys, root, tmp_path):
    dossier = root / "reports" / "dossiers" / "google-bert--bert-base-uncased.json"
    fiche, report = tmp_path / "bert.fiche.html", tmp_path / "bert.json"
    ran = osaid_audit(capsys, dossier, "-o", fiche, "-o", report, "--lang", "fr", "-q")
    assert (ran.code, ran.err) == (0, "")
    assert "Puis-je l&#39;utiliser ici" in fiche.read_text(encoding="utf-8")
    [saved] = read_reports(report.read_text(encoding="utf-8"))
    assert [each.id for each in saved.frameworks] == list(NORMS)
    again = osaid_audit(capsys, "render", report, "-f", "fiche", "--lang", "fr")
    assert again.out == fiche.read_text(encoding="utf-8")


def test_without_a_fiche_nothing_more_is_asked(capsys, root):
    dossier = root / "reports" / "dossiers" / "google-bert--bert-base-uncased.json"
    [saved] = read_reports(osaid_audit(capsys, dossier, "-f", "json").out)
    assert [each.id for each in saved.frameworks] == ["osaid-1.0", "g7-2026"]


def test_a_saved_report_without_the_questions_says_what_to_do(capsys, root):
    saved = root / "reports" / "examples" / "google-bert--bert-base-uncased.json"
    ran = osaid_audit(capsys, "render", saved, "-f", "fiche")
    assert (ran.code, ran.out) == (2, "")
    assert "next: Audit the model again with '--format fiche'" in ran.err
