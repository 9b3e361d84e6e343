"""Models side by side: what differs first, who is better placed by what is established, what changed."""

import json
import os
import re
from html import unescape
from pathlib import Path

import pytest
from door import OPEN, RESTRICTED, SHA, dossier, osaid_audit, saved
from hub import world
from hub.repos import Repo, Weights
from sample_hostile import EVIL, hostile, sparse
from sample_practical import bound_by, judged, open_terms
from sample_practical import signed as all_signed
from samples import restricted, signed, undecided

from osaid_audit.cli import compare as cli_compare
from osaid_audit.cli.outputs import READABLE
from osaid_audit.errors import NotFound, UsageError
from osaid_audit.evaluate import evaluate
from osaid_audit.gather import dossier_json
from osaid_audit.render import render, render_many, words
from osaid_audit.render.compare import COMPARE_FORMATS, MOST, comparison, render_comparison
from osaid_audit.render.layout import columns_of
from osaid_audit.render.words import Words
from osaid_audit.schema.base import FREEDOMS, Problem, Text
from osaid_audit.schema.compare import Comparison
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.licenses import Concluded
from osaid_audit.schema.report import Report

pytest_plugins = ("hub.fixtures",)

GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {"text": "txt", "json": "json", "markdown": "md", "html": "html"}
LANGUAGES = ("en", "fr")
MODEL = "acme/small"
OLD = "ab" * 20


def found(*reports: Report) -> Comparison:
    return comparison([report.subject.id for report in reports], list(reports))


def row(compared: Comparison, name: str) -> dict[str, str]:
    """What each model has in a row, by key."""
    [cells] = [each.cells for each in compared.rows if each.id == name]
    return {key: cell.value for key, cell in cells.items()}


def better(compared: Comparison, freedom: str):
    return next(each for each in compared.better if each.freedom == freedom)


def without_style(page: str) -> str:
    page = re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)
    return re.sub(r"style-src '[^']*'", "style-src ''", page)


@pytest.mark.parametrize("form", COMPARE_FORMATS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_golden(form, lang):
    """Remake them with UPDATE_GOLDEN=1."""
    compared = comparison(
        ["orchard/perry-7b", "no/such", "cider", "commons/pear-1b"],
        [undecided(), NotFound("There is no model 'no/such'.", "Check the id."), restricted(), signed()],
    )
    shown = without_style(render_comparison(compared, form, lang))
    shown = re.sub(r'("name": "osaid-audit",\s+"version": )"[^"]+"', r'\1"0"', shown)
    path = GOLDEN / f"compared.{'' if form == 'json' else lang + '.'}{SUFFIXES[form]}"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


# What is compared


def test_rows_that_differ_come_first_and_are_marked():
    compared = found(undecided(), restricted())
    differs = [each.differs for each in compared.rows]
    assert differs == sorted(differs, reverse=True)
    assert True in differs
    assert False in differs
    for each in compared.rows:
        assert each.differs == (len({cell.value for cell in each.cells.values()}) > 1)
        assert set(each.cells) == {"A", "B"}


def test_a_model_beside_itself_differs_nowhere_and_nothing_changed():
    compared = found(undecided(), undecided())
    assert not any(each.differs for each in compared.rows)
    assert [change.facts for change in compared.changes] == [()]
    assert "Nowhere, in what was asked." in render_comparison(compared)
    assert all(each.better == () for each in compared.better)


def test_every_rule_is_there_with_its_outcome_its_id_and_its_title():
    compared = found(undecided(), restricted())
    assert row(compared, "weights-license") == {"A": "met", "B": "not_met"}
    for report, key in ((undecided(), "A"), (restricted(), "B")):
        for finding in report.frameworks[0].findings:
            assert row(compared, finding.rule)[key] == finding.outcome
    titles = {each.id: each.title.en for each in compared.rows}
    assert titles["weights-license"] == "Terms on the weights"


def test_verdict_label_license_lineage_gate_and_freedoms_are_compared():
    compared = found(undecided(), restricted())
    assert row(compared, "osaid-1.0") == {"A": "undetermined", "B": "does_not_conform"}
    assert row(compared, "label") == {"A": "open-weights", "B": "weights-available"}
    assert row(compared, "at-most") == {"A": "open-source-ai-with-open-data", "B": "weights-available"}
    assert row(compared, "license") == {
        "A": "Apache-2.0 (osi)",
        "B": "LicenseRef-orchard-2 (use-restricted)",
    }
    assert row(compared, "lineage")["A"] == ""
    assert "orchard/juice-3b (use-restricted)" in row(compared, "lineage")["B"]
    assert row(compared, "gating") == {"A": "", "B": "manual"}
    assert row(compared, "data") == {"A": "described", "B": ""}
    assert row(compared, "share") == {"A": "insufficient_evidence", "B": "not_met"}


def test_terms_nobody_identified_are_no_license_and_one_that_is_only_named_has_no_terms_of_its_own():
    def shown(name: str, title: str | None = None, cls: str = "custom-unknown") -> str:
        license_ = Concluded(id=name, name=title, cls=cls, basis="stated")
        compared = found(judged({**OPEN, "license.class": cls}, license_), undecided())
        [cells] = [each.cells for each in compared.rows if each.id == "license"]
        return cells["A"].text.en

    assert shown("LicenseRef-unidentified") == "an unidentified text: terms of its own, not judged"
    assert shown("MIT", "MIT License") == "MIT License: named, but not established as its terms"
    assert shown("MIT", "MIT License", "osi") == "MIT License: an open source license"
    assert shown("LicenseRef-orchard") == "LicenseRef-orchard: terms of its own, not judged"


def test_one_model_left_is_not_ranked_among_itself():
    alone = found(restricted())
    assert alone.better == ()
    page = render_comparison(alone)
    assert "all of them" not in page
    assert "better placed" not in page.lower()
    assert "BETTER PLACED" in render_comparison(found(restricted(), restricted()))


def test_blockers_stand_side_by_side():
    compared = found(undecided(), restricted())
    assert [len(model.blockers) for model in compared.models] == [0, 1]
    [blocker] = compared.models[1].blockers
    assert (blocker.rule, blocker.freedoms) == ("weights-license", ("use", "share"))
    page = render_comparison(compared, "text", width=120)
    assert "A  no required rule fails" in page
    assert "B  Terms on the weights [weights-license]. Takes away: use, share" in page


# Who is better placed


def test_what_is_not_taken_is_better_placed_and_not_called_open():
    compared = found(undecided(), restricted())
    use = better(compared, "use")
    assert use.better == ("A",)
    assert [(group.standing, group.models) for group in use.groups] == [
        ("unknown", ("A",)),
        ("not_met", ("B",)),
    ]
    assert [rule.rule for rule in use.because["B"]] == ["weights-license"]
    assert "A: not established, but the terms on it were read and do not take it away." in use.said.en
    assert "open" not in use.said.en.lower().replace("opened", "")


@pytest.mark.parametrize("state", ["unsupported", "gated"])
def test_a_card_that_was_not_read_is_never_better_placed(state):
    """The less is read, the less is found against a model: that is no merit."""
    words_ = Text(en="x", fr="x")
    unread = Problem(what="README.md", state=state, why=words_, next=words_)
    use = better(found(open_terms().model_copy(update={"problems": (unread,)}), restricted()), "use")
    assert use.better == ()
    assert use.said.en.startswith("B: taken away.")
    assert use.said.en.endswith("A: not established, neither as given nor as taken away.")
    assert better(found(open_terms(), restricted()), "use").better == ("A",)


def test_terms_that_were_not_concluded_place_nobody_better():
    base = Hop(id="org/base", relation="finetune", depth=1, problem="gated")
    behind = open_terms().model_copy(update={"lineage": (base,)})
    half_read = judged({"weights.present": True, "license.class": "osi"})
    for undecided_ in (judged({"weights.present": True}), half_read, behind):
        assert undecided_.framework("osaid-1.0").freedoms["use"].status == "insufficient_evidence"
        compared = found(undecided_, restricted())
        assert [each.better for each in compared.better] == [()] * 4
    known = behind.model_copy(update={"lineage": (base.model_copy(update={"problem": None, "cls": "osi"}),)})
    assert better(found(known, restricted()), "use").better == ("A",)


def test_what_is_kept_back_does_not_raise_open_terms():
    """B is ruled out for what it keeps back, of which nothing is known of A."""
    withheld = open_terms(**{"data.withheld": True})
    assert better(found(open_terms(), withheld), "study").better == ()
    assert better(found(open_terms(), withheld), "modify").better == ()
    assert better(found(all_signed(), withheld), "study").better == ("A",)


def test_what_is_met_and_what_is_unknown_are_not_ranked():
    use = better(found(open_terms(), all_signed()), "use")
    assert use.better == ()
    assert "B: established." in use.said.en


def test_of_two_unknowns_neither_is_better():
    compared = found(undecided(), restricted())
    study = better(compared, "study")
    assert study.better == ()
    assert study.said.en == "Not established for any of them."
    assert study.said.fr == "Établi pour aucun."


def test_what_is_met_stands_above_what_is_unknown():
    compared = found(open_terms(), all_signed(), bound_by("noncommercial", cls="noncommercial"))
    use = better(compared, "use")
    assert use.better == ("B",)
    assert [group.standing for group in use.groups] == ["met", "unknown", "not_met"]
    assert better(compared, "modify").better == (), "nobody's is taken"


def test_the_order_is_partial_and_never_reversed():
    """Whatever stands beside it, a model whose freedom is taken is never among the best."""
    reports = [
        open_terms(),
        all_signed(),
        bound_by("flow_down", breaks=("share",)),
        restricted(),
        undecided(),
    ]
    for one in reports:
        for other in reports:
            compared = found(one, other)
            for each in compared.better:
                standing = {key: group.standing for group in each.groups for key in group.models}
                for key in each.better:
                    assert standing[key] != "not_met"
                if each.better:
                    assert "not_met" in standing.values()
                if {"met", "not_met"} <= set(standing.values()):
                    assert each.better


def test_a_report_without_the_definition_is_not_ranked():
    practical = open_terms()
    alone = practical.model_copy(update={"frameworks": (practical.framework("practical"),), "label": None})
    use = better(found(alone, restricted()), "use")
    assert use.better == ()
    assert [(group.standing, group.models) for group in use.groups] == [
        ("not_met", ("B",)),
        ("not_asked", ("A",)),
    ]
    assert found(alone, alone).better == ()


def test_never_a_score():
    for form in ("text", "markdown", "html"):
        page = without_style(render_comparison(found(undecided(), restricted(), signed()), form))
        assert not re.search(r"\d\s*%|\d+ */ *\d+|\bscore|\brank", unescape(re.sub(r"<[^>]*>", " ", page)))


# Cautions


def test_it_says_when_reports_were_not_judged_alike():
    base = undecided()
    assert found(base, signed()).cautions == (words_of("compare.caution.signed", models="B"),)
    other = base.model_copy(
        update={
            "rules": base.rules.model_copy(update={"version": "0.9.0"}),
            "as_of": "2025-01-01",
            "frameworks": base.frameworks[:1],
        }
    )
    said = [each.en for each in found(base, other).cautions]
    assert said == [
        (
            f"They were judged by different rules ({base.rules.version}, 0.9.0):"
            " a difference may come from the rules."
        ),
        "They were not asked about the same norms: only osaid-1.0 holds for all of them.",
        f"Their reports speak of different days ({base.as_of}, 2025-01-01).",
    ]
    own = base.model_copy(update={"rules": base.rules.model_copy(update={"sha256": "00" * 32})})
    assert "different sets of rules" in found(base, own).cautions[0].en
    ladder = base.model_copy(update={"frameworks": base.frameworks[1:]})
    assert any("no norm in common" in each.en for each in found(other, ladder).cautions)
    assert "Not read live, from copies or files: B." in [
        each.en for each in found(base, restricted()).cautions
    ]


def words_of(key: str, **values: str):
    from osaid_audit.render.compare.rows import both

    return both(lambda words: words(key, **values))


# What changed


def test_of_one_model_twice_the_facts_that_changed_are_shown_with_their_places():
    before, after = undecided(), undecided()
    fact = after.facts["license.class"]
    facts = {**after.facts, "license.class": fact.model_copy(update={"value": "noncommercial"})}
    del facts["data.described"]
    after = after.model_copy(update={"facts": facts})
    [change] = found(before, after).changes
    assert [each.fact for each in change.facts] == ["data.described", "license.class"]
    gone, moved = change.facts
    assert (gone.before, gone.after, gone.after_sources) == (True, None, ())
    assert (moved.before, moved.after) == ("osi", "noncommercial")
    assert moved.before_sources[0].path == "LICENSE"
    page = render_comparison(found(before, after), "text", width=120)
    assert "license.class: osi → noncommercial" in page
    assert "data.described: yes → not known" in page
    assert "A: LICENSE, line 1" in page


def test_other_models_have_no_history():
    assert found(undecided(), restricted()).changes == ()


# Formats


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_keeps_to_its_width(lang, width):
    for reports in ((undecided(), restricted()), (hostile(), undecided(), signed()), (undecided(),) * 12):
        page = render_comparison(found(*reports), "text", lang, width=width)
        assert [line for line in page.splitlines() if columns_of(line) > width or line != line.rstrip()] == []


def test_where_there_is_no_room_for_columns_each_model_has_a_line():
    many = render_comparison(found(*(undecided(), restricted()) * 3), "text", width=60)
    assert re.search(
        r"^  Terms on the weights \[weights-license\]\n    A  ✓ met\n    B  ✗ not met$", many, re.MULTILINE
    )
    wide = render_comparison(found(undecided(), restricted()), "text", width=120)
    assert re.search(r"^  Terms on the weights \[weights-license\] +✓ met +✗ not met$", wide, re.MULTILINE)


def test_colour_only_where_it_is_asked_for():
    compared = found(undecided(), restricted())
    assert "\x1b" not in render_comparison(compared)
    coloured = render_comparison(compared, color=True)
    assert "\x1b[31m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == render_comparison(compared)


def test_json_is_the_record_sorted_and_without_null():
    written = render_comparison(found(undecided(), restricted()), "json", "fr")
    assert written == render_comparison(found(undecided(), restricted()), "json", "en")
    assert "null" not in written
    assert Comparison.model_validate_json(written) == found(undecided(), restricted())
    assert written == json.dumps(json.loads(written), sort_keys=True, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_text_is_inert(form, lang):
    odd = hostile()
    failed = NotFound(f"There is no model '{EVIL}'.", EVIL)
    page = render_comparison(comparison([EVIL, "x", "y"], [odd, failed, undecided()]), form, lang)
    assert not {"\u202e", "\x1b", "\u2066", "\x00"} & set(page)
    assert "a" * 301 not in page
    if form == "html":
        body = without_style(page)
        assert "<script" not in body
        assert [url for url in re.findall(r'href="([^"]*)"', body) if url.startswith("javascript")] == []
        assert re.findall(r"<[^>]* on\w+=", body) == []
    if form == "markdown":
        prose = re.sub(r"(`+) ?.+? ?\1", "", page)
        prose = re.sub(r"\]\(<https?://[^<>\s]+>\)", "]", prose)
        tags = set(re.findall(r"<[^>]*>", prose))
        assert tags <= {"<details>", "</details>", "<summary>", "</summary>"}
        assert not re.search(r"(?<!\\)\]\(", prose)


def test_the_page_is_alone_in_the_world_and_can_be_told():
    page = render_comparison(found(undecided(), restricted()), "html", "fr")
    assert "default-src 'none'" in page
    assert page.count("<h1") == 1
    assert '<html lang="fr">' in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    named = set(re.findall(r'aria-labelledby="([^"]+)"', page))
    assert named
    assert named <= set(ids)
    assert page.count('scope="row"') == sum(row.differs for row in found(undecided(), restricted()).rows)


def test_unknown_formats_and_languages_are_usage_errors():
    with pytest.raises(UsageError, match="pdf"):
        render_comparison(found(undecided()), "pdf")
    with pytest.raises(UsageError, match="de"):
        render_comparison(found(undecided()), "html", "de")


def test_no_text_is_left_over(monkeypatch):
    shown: set[str] = set()
    speak = Words.__call__

    def record(self, key, **values):
        shown.add(key)
        return speak(self, key, **values)

    monkeypatch.setattr(Words, "__call__", record)
    data = ("withheld", "not_released", "released", "described", "sources_listed")
    worlds = [open_terms(**{f"data.{name}": True}) for name in data]
    worlds += [open_terms(**{"access.gated": "auto"}), open_terms(**{"license.class": "none"})]
    worlds += [undecided(), restricted(), signed(), all_signed(), hostile()]
    practical = open_terms()
    alone = practical.model_copy(update={"frameworks": (practical.framework("practical"),), "label": None})
    nowhere = undecided().model_copy(
        update={
            "subject": undecided().subject.model_copy(update={"revision": None}),
            "rules": undecided().rules.model_copy(update={"version": "0.1"}),
            "as_of": "2020-01-01",
        }
    )
    own = undecided().model_copy(update={"rules": undecided().rules.model_copy(update={"sha256": "0"})})
    nothing = undecided().model_copy(update={"facts": {}})
    failed = comparison(["a", "b"], [undecided(), NotFound("No.", "Look.")])
    pairs = [(one, undecided()) for one in (*worlds, alone, nowhere, own, nothing, undecided())]
    pairs += [(alone, restricted()), (all_signed(), undecided()), (restricted(), restricted())]
    pairs += [(undecided().model_copy(update={"frameworks": ()}), restricted()), (all_signed(), all_signed())]
    ladder = undecided().model_copy(update={"frameworks": undecided().frameworks[1:]})
    pairs += [
        (alone, ladder),
        (undecided().model_copy(update={"frameworks": undecided().frameworks[:1]}), nowhere),
    ]
    pairs += [(sparse(), sparse())]
    named = Concluded(id="MIT", cls="custom-unknown", basis="stated")
    pairs += [(judged({**OPEN, "license.class": "custom-unknown"}, named), undecided())]
    pairs += [(judged({"weights.present": True}), restricted())]
    for compared in (*(found(*pair) for pair in pairs), failed):
        for form in COMPARE_FORMATS:
            render_comparison(compared, form, "en")
    left = {key for key in words.shipped() if key.startswith("compare.")} - shown
    assert sorted(left) == []


# The command line


def test_the_command_line_knows_the_formats_and_the_most():
    assert cli_compare.FORMATS == COMPARE_FORMATS
    assert cli_compare.MOST == MOST
    assert set(READABLE.values()) == set(COMPARE_FORMATS)


@pytest.fixture
def two(tmp_path):
    """A dossier of an open model, and one of a restricted one."""
    return saved(tmp_path, OPEN, "org/open"), saved(tmp_path, RESTRICTED, "org/bound")


def test_dossiers_side_by_side_exit_0_whatever_the_verdicts(capsys, two):
    ran = osaid_audit(capsys, "compare", *two)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("2 models side by side\n  A  org/open\n")


def test_reports_pages_and_dossiers_go_together(capsys, two, tmp_path):
    page, report = tmp_path / "r.html", tmp_path / "r.json"
    page.write_text(render(undecided(), "html"), encoding="utf-8")
    report.write_text(render_many([restricted(), signed()], "json"), encoding="utf-8")
    ran = osaid_audit(capsys, "compare", page, two[0], report, "-f", "json")
    assert (ran.code, ran.err) == (0, "")
    models = json.loads(ran.out)["models"]
    assert [model["id"] for model in models] == [
        *("orchard/perry-7b", "org/open", "orchard/cider-3b", "commons/pear-1b")
    ]
    assert [model["asked"] for model in models] == [str(page), str(two[0]), str(report), str(report)]


def test_one_that_cannot_be_audited_is_said_and_the_others_are_shown(capsys, two, tmp_path):
    gone = tmp_path / "gone.json"
    ran = osaid_audit(capsys, "compare", *two, gone)
    assert ran.code == 3
    assert "There is no" in ran.err
    assert "COULD NOT BE AUDITED" in ran.out
    assert "org/bound" in ran.out
    (tmp_path / "broken.html").write_text("<html></html>")
    ran = osaid_audit(capsys, "compare", two[0], tmp_path / "broken.html")
    assert ran.code == 3
    assert "nothing to compare it with" in ran.out


def test_when_none_can_be_audited_nothing_is_written(capsys, tmp_path):
    ran = osaid_audit(capsys, "compare", tmp_path / "a.json", tmp_path / "b.json")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("error:") == 2


@pytest.mark.parametrize("count", [0, 1, 13])
def test_too_few_and_too_many_are_usage_errors(capsys, two, count):
    ran = osaid_audit(capsys, "compare", *([two[0]] * count))
    assert (ran.code, ran.out) == (2, "")
    assert "two models at least" in ran.err or "12 models at most" in ran.err
    assert "next:" in ran.err


def test_the_suffix_picks_the_format(capsys, two, tmp_path):
    for name, start in (
        ("c.html", "<!DOCTYPE html>"),
        ("c.json", "{"),
        ("c.md", "## "),
        ("c.txt", "2 models"),
    ):
        ran = osaid_audit(capsys, "compare", *two, "-o", tmp_path / name)
        assert ran.out == ""
        assert (tmp_path / name).read_text(encoding="utf-8").lstrip().startswith(start)
    ran = osaid_audit(capsys, "compare", *two, "-o", tmp_path / "c.spdx")
    assert ran.code == 2


def test_a_framework_is_asked_of_all(capsys, two):
    ran = osaid_audit(capsys, "compare", *two, "--framework", "practical", "-f", "json")
    compared = json.loads(ran.out)
    assert {tuple(model["frameworks"]) for model in compared["models"]} == {("practical",)}
    assert compared["better"] == []


def test_two_commits_of_one_model(ask_at, empty_hub):
    """`compare NAME@old NAME@new` over HTTP: the new card describes its data, the license text is gone."""
    front = "license: apache-2.0"
    prose = "We trained it on the letters that the archive of the city holds, of the years 1900 to 1950. " * 4
    told = f"# A model\n\nIt writes letters in the style of the time.\n\n## Training data\n\n{prose}\n"
    old = {"README.md": world.card(front), "LICENSE": world.apache_text()}
    repo = Repo(
        MODEL,
        files={"README.md": world.card(front, told)},
        weights=(Weights("model.safetensors", 10**9),),
        older={OLD: {path: body.encode() for path, body in old.items()}},
    )
    empty_hub.add(repo)
    ran = ask_at(empty_hub, "compare", f"{MODEL}@{OLD}", f"{MODEL}@{repo.sha}", "-f", "json")
    assert ran.code == 0, ran.err
    compared = json.loads(ran.out)
    assert [model["revision"] for model in compared["models"]] == [OLD, repo.sha]
    [change] = compared["changes"]
    facts = {each["fact"]: each for each in change["facts"]}
    described = facts["data.described"]
    assert described["after"] is True
    assert "before" not in described
    assert f"/{repo.sha}/" in described["after_sources"][0]["url"]
    assert "A → B" not in ran.out
    page = ask_at(empty_hub, "compare", f"{MODEL}@{OLD}", f"{MODEL}@{repo.sha}").out
    assert "WHAT CHANGED FROM A TO B (acme/small)" in page
    assert "data.described: not known → yes" in page


def test_a_dossier_and_its_report_compare_alike(capsys, tmp_path):
    found_ = dossier(OPEN, "org/open", SHA)
    path, report = tmp_path / "d.json", tmp_path / "r.json"
    path.write_text(dossier_json(found_), encoding="utf-8")
    report.write_text(render(evaluate(found_), "json"), encoding="utf-8")
    ran = osaid_audit(capsys, "compare", path, report, "-f", "json")
    compared = Comparison.model_validate_json(ran.out)
    assert not any(each.differs for each in compared.rows)
    assert compared.cautions == ()
    assert [each.facts for each in compared.changes] == [()]
    assert {each.freedom for each in compared.better} == set(FREEDOMS)
