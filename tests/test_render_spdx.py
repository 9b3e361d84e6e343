"""SPDX 2.3 export: valid, the same bytes each time, and never more open than the report."""

import json
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from door import OPEN, RESTRICTED, osaid_audit, saved
from sample_hostile import EVIL, hostile, sparse
from samples import SAMPLES, restricted, undecided
from spdx_tools.spdx.model import RelationshipType, SpdxNoAssertion, SpdxNone
from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import JsonLikeDictParser
from spdx_tools.spdx.parser.tagvalue.tagvalue_parser import Parser
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document
from spdx_tools.spdx.writer.tagvalue.tagvalue_writer import write_document

from osaid_audit import licenses
from osaid_audit import render as render_wing
from osaid_audit.errors import UnreadableInput, UsageError
from osaid_audit.render import read_report, render, render_many
from osaid_audit.render.spdx_text import harmless
from osaid_audit.schema.base import Source
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.licenses import Component, Concluded, Declared, LicenseBlock, LicenseFile
from osaid_audit.schema.report import ReportedFact

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "reports" / "examples").glob("*.json"))
EVERY = {**SAMPLES, "hostile": hostile, "sparse": sparse}
SHA = "0123456789abcdef0123456789abcdef01234567"

# The parser of spdx-tools writes its tables beside itself on first use and leaves that file to the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def from_tag_value(text):
    return Parser().parse(text)


def from_json(text):
    return JsonLikeDictParser().parse(json.loads(text))


READERS = {"spdx": from_tag_value, "spdx-json": from_json}


def document(report, form="spdx-json"):
    """The exported document, read back and found valid."""
    read = READERS[form](render(report, form))
    assert [one.validation_message for one in validate_full_spdx_document(read, "SPDX-2.3")] == []
    return read


def packages(report):
    return {package.spdx_id: package for package in document(report).packages}


def model(report):
    return packages(report)["SPDXRef-Model"]


def with_license(report=None, **block):
    report = report or undecided()
    return report.model_copy(update={"license": LicenseBlock(**block)})


def concluded(license_id, cls, **more):
    return with_license(concluded=Concluded(id=license_id, cls=cls, basis="stated", **more))


def declared(*values, role="declared", path=None):
    return tuple(
        Declared(value=value, role=role, id=license_id, source=Source(path=path) if path else None)
        for value, license_id in values
    )


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("sample", EVERY)
def test_every_sample_is_valid_and_is_read_back(sample, form):
    report = EVERY[sample]()
    read = document(report, form)
    assert read.creation_info.spdx_version == "SPDX-2.3"
    assert read.packages[0].files_analyzed is False
    assert len(read.packages) == 1 + len(report.license.components) + len({hop.id for hop in report.lineage})


def test_both_notations_hold_the_same_document():
    for path in EXAMPLES:
        report = read_report(path.read_text(encoding="utf-8"))
        written = []
        for form, reader in READERS.items():
            stream = StringIO()
            write_document(reader(render(report, form)), stream)
            written.append(sorted(stream.getvalue().splitlines()))
        assert written[0] == written[1]


def test_an_invalid_document_is_noticed_by_the_validator_used_here():
    text = render(restricted(), "spdx")
    wrong = re.sub("DocumentNamespace: .*", "DocumentNamespace: none", text)
    assert validate_full_spdx_document(from_tag_value(wrong), "SPDX-2.3")


@pytest.mark.parametrize("form", READERS)
def test_the_same_report_gives_the_same_bytes(form):
    """Also in another process, where sets are in another order."""
    path = EXAMPLES[0]
    report = read_report(path.read_text(encoding="utf-8"))
    script = (
        "import sys; from osaid_audit.render import read_report, render;"
        f"sys.stdout.buffer.write(render(read_report(open({str(path)!r}).read()), {form!r}).encode())"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
            capture_output=True,
            timeout=60,
            check=True,
        )
        assert done.stdout.decode() == render(report, form)
    assert render(report, form, "fr") == render(report, form, "en")


def test_who_made_it_when_and_by_which_rules():
    report = restricted()
    info = document(report).creation_info
    assert [actor.name for actor in info.creators] == [f"{report.tool.name}-{report.tool.version}"]
    assert info.created.isoformat() + "Z" == report.gathered_at
    assert report.dossier_sha256 in info.document_namespace
    assert report.rules.sha256 in info.creator_comment
    assert "not legal advice" in info.document_comment


def test_another_judgement_of_the_same_dossier_is_another_document():
    one, other = restricted(), restricted().model_copy(update={"frameworks": ()})
    names = [document(report).creation_info.document_namespace for report in (one, other)]
    assert names[0] != names[1]
    assert names[0].rpartition("-")[0] == names[1].rpartition("-")[0]


@pytest.mark.parametrize(
    "moment", ["yesterday", "", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"]
)
def test_a_report_without_a_moment_is_refused_in_a_sentence(moment):
    with pytest.raises(UnreadableInput, match="does not say when"):
        render(restricted().model_copy(update={"gathered_at": moment}), "spdx")


def test_the_model_is_named_at_its_commit():
    reports = [read_report(path.read_text(encoding="utf-8")) for path in EXAMPLES]
    report = next(each for each in reports if each.subject.revision)
    package, subject = model(report), report.subject
    assert package.name == subject.canonical_id
    assert package.version == subject.revision
    assert package.download_location == f"git+{subject.url}@{subject.revision}"
    assert (
        package.external_references[0].locator == f"pkg:huggingface/{subject.canonical_id}@{subject.revision}"
    )
    assert isinstance(package.copyright_text, SpdxNoAssertion)


def test_a_place_that_is_no_address_is_not_asserted():
    subject = undecided().subject
    for url in ("javascript:alert(1)", "http://127.0.0.1:8080/org/model", "/home/me/model"):
        report = undecided().model_copy(update={"subject": subject.model_copy(update={"url": url})})
        assert isinstance(model(report).download_location, SpdxNoAssertion)
    files = subject.model_copy(update={"source": "file"})
    assert isinstance(
        model(undecided().model_copy(update={"subject": files})).download_location, SpdxNoAssertion
    )


# Licenses


def test_listed_ids_stay_and_others_are_declared():
    read = document(concluded("LicenseRef-llama-3.2", "use-restricted", breaks=("use",)))
    assert str(read.packages[0].license_concluded) == "LicenseRef-llama-3.2"
    [info] = read.extracted_licensing_info
    assert info.license_id == "LicenseRef-llama-3.2"
    assert "not copied" in info.extracted_text
    assert "uses are restricted" in info.extracted_text
    assert info.cross_references
    assert document(concluded("Apache-2.0", "osi")).extracted_licensing_info == []


def test_an_id_newer_than_the_list_of_spdx_tools_is_declared():
    read = document(concluded("OpenMDW-1.0", "open-not-osi"))
    assert str(read.packages[0].license_concluded) == "LicenseRef-OpenMDW-1.0"
    [info] = read.extracted_licensing_info
    assert "https://spdx.org/licenses/OpenMDW-1.0.html" in info.cross_references


def test_only_or_later_is_not_guessed():
    read = document(concluded("GPL-3.0", "osi"))
    assert str(read.packages[0].license_concluded) == "LicenseRef-osaid-GPL-3.0"
    assert "GPL-3.0-or-later" in read.extracted_licensing_info[0].extracted_text
    assert str(model(concluded("GPL-3.0-or-later", "osi")).license_concluded) == "GPL-3.0-or-later"


def test_no_reference_is_read_as_a_listed_license():
    """The parser of spdx-tools knows LicenseRef-Apache-2.0 as another name of Apache-2.0."""
    names = ["LicenseRef-Apache-2.0", "LicenseRef-MIT", "LicenseRef-scancode-libzip", "LicenseRef-AGPL"]
    names += [entry.id for entry in licenses.entries() if entry.id.startswith("LicenseRef-")]
    for name in names:
        package = model(with_license(declared=declared((name, None))))
        assert str(package.license_declared).startswith("LicenseRef-")


def test_a_changed_text_is_a_license_of_its_own_with_its_file():
    changed = "LicenseRef-MIT-modified-0123456789ab"
    file = LicenseFile(
        path="LICENSE",
        match="modified",
        id=changed,
        source=Source(url="https://hub.example/l", sha256="ab" * 32),
    )
    conclusion = Concluded(id=changed, cls="custom-unknown", basis="stated")
    read = document(with_license(concluded=conclusion, files=(file,)))
    assert str(read.packages[0].license_concluded) == changed
    [info] = read.extracted_licensing_info
    assert "LICENSE" in info.extracted_text
    assert "ab" * 32 in info.extracted_text
    assert info.cross_references == ["https://hub.example/l"]


@pytest.mark.parametrize(
    ("license_id", "cls"),
    [
        ("MIT", "custom-unknown"),
        ("MIT", "noncommercial"),
        ("MIT AND LicenseRef-unidentified", "custom-unknown"),
        ("CC-BY-4.0", "use-restricted"),
        ("LicenseRef-other", "custom-unknown"),
        ("LicenseRef-unidentified", "custom-unknown"),
    ],
)
def test_an_id_that_is_more_open_than_the_conclusion_is_not_asserted(license_id, cls):
    assert isinstance(model(concluded(license_id, cls)).license_concluded, SpdxNoAssertion)


@pytest.mark.parametrize(
    ("license_id", "cls"),
    [("MIT", "osi"), ("CC-BY-4.0", "open-not-osi"), ("CC-BY-NC-4.0", "noncommercial")],
)
def test_an_id_of_the_concluded_class_is_asserted(license_id, cls):
    assert str(model(concluded(license_id, cls)).license_concluded) == license_id


def test_a_hint_and_nothing_at_all_conclude_nothing():
    lead = with_license(concluded=Concluded(id="MIT", cls="osi", basis="lead"))
    assert isinstance(model(lead).license_concluded, SpdxNoAssertion)
    empty = model(with_license())
    assert isinstance(empty.license_concluded, SpdxNoAssertion)
    assert isinstance(empty.license_declared, SpdxNoAssertion)


def test_an_observed_absence_is_none_and_nothing_less():
    facts = {"license.grant_found": ReportedFact(value=False, basis="stated")}
    package = model(with_license().model_copy(update={"facts": facts}))
    assert isinstance(package.license_concluded, SpdxNone)
    assert isinstance(package.license_declared, SpdxNone)


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([("mit", "MIT")], "MIT"),
        ([("mit", "MIT"), ("apache-2.0", "Apache-2.0")], "MIT AND Apache-2.0"),
        ([("MIT OR Apache-2.0", "MIT OR Apache-2.0")], "MIT OR Apache-2.0"),
        ([("mit", "MIT"), ("mit", "MIT")], "MIT"),
        ([("x", "GPL-2.0-only WITH Classpath-exception-2.0")], "GPL-2.0-only WITH Classpath-exception-2.0"),
        ([("my own", None)], r"LicenseRef-osaid-my-own-\w{12}"),
        ([("other", "LicenseRef-other")], "LicenseRef-other"),
    ],
)
def test_what_is_declared(ids, expected):
    assert re.fullmatch(expected, str(model(with_license(declared=declared(*ids))).license_declared))


def test_other_gives_way_to_the_name_beside_it():
    said = declared(("other", "LicenseRef-other")) + declared(("tongyi", "LicenseRef-x"), role="name")
    assert str(model(with_license(declared=said)).license_declared) == "LicenseRef-x"
    hints = declared(("mit", "MIT"), role="prose") + declared(("mit", "MIT"), role="misspelt")
    assert isinstance(model(with_license(declared=hints)).license_declared, SpdxNoAssertion)


def test_two_names_that_look_alike_are_two_references():
    said = declared(("a b", None), ("a/b", None), ("LicenseRef-GPL-3.0", None), ("GPL-3.0", "GPL-3.0"))
    read = document(with_license(declared=said))
    assert len({info.license_id for info in read.extracted_licensing_info}) == 4
    assert len(str(read.packages[0].license_declared).split(" AND ")) == 4


# Parts and bases


def test_components_are_contained_with_their_own_terms():
    parts = (Component(path="vae/", id="MIT", cls="osi"), Component(path="lora"))
    report = with_license(components=parts, declared=declared(("mit", "MIT"), path="vae/README.md"))
    read = document(report)
    found = {package.name.rpartition("org/model/")[2]: package for package in read.packages}
    shown = [(str(p.license_declared), str(p.license_concluded)) for p in read.packages]
    assert shown == [("NOASSERTION", "NOASSERTION"), ("MIT", "MIT"), ("NOASSERTION", "NOASSERTION")], found
    contained = [
        one.related_spdx_element_id
        for one in read.relationships
        if one.relationship_type is RelationshipType.CONTAINS
    ]
    assert contained == ["SPDXRef-Component-1", "SPDXRef-Component-2"]


def test_the_chain_of_bases_is_drawn_hop_by_hop():
    hops = (
        Hop(id="org/quant", relation="quantized", depth=1, license="MIT", cls="osi"),
        Hop(id="org/base", relation="finetune", depth=2, license="LicenseRef-llama-2", cls="use-restricted"),
        Hop(id="org/far", relation="unknown", depth=5, problem="unreachable"),
    )
    read = document(undecided().model_copy(update={"lineage": hops}))
    drawn = [
        (one.spdx_element_id, one.relationship_type.name, one.related_spdx_element_id)
        for one in read.relationships[1:]
    ]
    assert drawn == [
        ("SPDXRef-Model", "GENERATED_FROM", "SPDXRef-Base-1"),
        ("SPDXRef-Base-1", "DESCENDANT_OF", "SPDXRef-Base-2"),
        ("SPDXRef-Model", "DESCENDANT_OF", "SPDXRef-Base-3"),
    ]
    terms = [str(package.license_concluded) for package in read.packages[1:]]
    assert terms == ["MIT", "LicenseRef-llama-2", "NOASSERTION"]


def test_verdicts_and_decided_findings_are_annotated_with_their_place():
    said = "\n".join(one.annotation_comment for one in document(restricted()).annotations)
    assert "does not conform" in said
    assert "not met" in said
    assert "Evidence: " in said


# Hostile text


@pytest.mark.parametrize("form", READERS)
def test_hostile_text_stays_in_its_field(form):
    text = render(hostile(), form)
    assert "\x1b" not in text
    assert "\u202e" not in text
    read = document(hostile(), form)
    assert [package.spdx_id for package in read.packages] == [
        "SPDXRef-Model", "SPDXRef-Component-1", "SPDXRef-Base-1",
    ]  # fmt: skip


def test_a_closing_mark_cannot_forge_a_field():
    forged = "x</text>\nPackageLicenseConcluded: MIT\n< / TEXT >\nRelationship: a b c"
    component = Component(path=forged, id=forged)
    said = Declared(value=forged, role="declared")
    report = with_license(components=(component,), declared=(said,), files=(LicenseFile(path=forged),))
    subject = report.subject.model_copy(update={"canonical_id": forged})
    report = report.model_copy(update={"subject": subject})
    text = render(report, "spdx")
    assert text.count("\nPackageLicenseConcluded: ") == 2
    assert "PackageLicenseConcluded: MIT\n" not in text
    assert len(from_tag_value(text).packages) == 2


@pytest.mark.parametrize(
    "text",
    ["", "NONE", "PackageName", "Tool: evil", "SHA1: abc", "2026-01-01T00:00:00Z", "<text>", "# no", EVIL],
)
def test_any_name_is_read_back_as_a_name(text):
    subject = undecided().subject.model_copy(update={"canonical_id": text})
    read = document(undecided().model_copy(update={"subject": subject}), "spdx")
    assert read.packages[0].name == harmless(text) != ""


# The doors


def test_several_reports_are_refused_and_a_list_of_one_is_not():
    with pytest.raises(UsageError, match="one audit"):
        render_many([restricted(), undecided()], "spdx")
    assert render_many([restricted()], "spdx-json") == render(restricted(), "spdx-json")


def test_the_command_line_refuses_several_before_any_work(capsys):
    for form in READERS:
        ran = osaid_audit(capsys, "nobody/one", "nobody/two", "--offline", "-f", form)
        assert (ran.code, ran.out) == (2, "")
        assert "one audit" in ran.err
    assert osaid_audit(capsys, "nobody/one", "nobody/two", "--offline", "-f", "json").code == 3


@pytest.mark.parametrize(
    ("name", "form", "start"),
    [
        ("r.spdx", None, "## Document Information"),
        ("r.spdx.json", None, "{"),
        ("R.SPDX.JSON", None, "{"),
        ("r.json", "spdx", "{"),
        ("r.txt", "spdx", "## Document"),
        ("r.spdx", "spdx-json", "{"),
    ],
)
def test_the_name_picks_the_notation(capsys, tmp_path, name, form, start):
    path = saved(tmp_path, RESTRICTED)
    chosen = ["-f", form] if form else []
    assert osaid_audit(capsys, path, "-o", tmp_path / name, *chosen).code == 1
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert text.startswith(start)
    assert "SPDXRef-Model" in text


def test_other_names_are_not_taken_for_spdx(capsys, tmp_path):
    path = saved(tmp_path, OPEN)
    osaid_audit(
        capsys, path, "-o", tmp_path / "r.json", "-o", tmp_path / "s.spdx.json", "-f", "json", "-f", "json"
    )
    for name in ("r.json", "s.spdx.json"):
        assert "schema_version" in json.loads((tmp_path / name).read_text())


def test_no_other_format_imports_spdx_tools():
    script = (
        "import sys; from osaid_audit.render import WHOLE, read_report, render;"
        f"report = read_report(open({str(EXAMPLES[0])!r}, encoding='utf-8').read());"
        "seen = lambda: any(name.split('.')[0] == 'spdx_tools' for name in sys.modules);"
        "[render(report, form) for form in WHOLE if not form.startswith('spdx')];"
        "before = seen(); render(report, 'spdx'); print(before, seen())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["False", "True"]
    assert {"spdx", "spdx-json"} <= set(render_wing.FORMATS)
