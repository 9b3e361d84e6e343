"""What an audit says of licenses side by side is true, and says what was found: whole audits at the Hub."""

import json

import pytest
from hub.repos import Repo, Weights
from hub.world import apache_text, card, mit_text

pytest_plugins = ("hub.fixtures",)

NC = "Acme license. Non-commercial use only.\n"
TERMS = "# Terms\n\nYou may only use the model for academic research.\n"
NOTICE = "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright Meta.\n"
CHINESE = "本模型仅供学术研究使用,禁止商业用途。"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n"
LATIN = mit_text().replace("Copyright", "José").encode("latin-1")
POLICY = "# Acceptable Use Policy\n\nYou may not use the model for military purposes.\n"
WEIGHTS = (Weights("model.safetensors", 5 * 10**9),)


@pytest.fixture
def audited(ask_at, empty_hub, shut_proxy):
    """Audit a repository of such files: its license block, problems, and rules with their answers."""

    def audit(front, files=None, *, prose="# M\n\nA small model.\n", info=None):
        every = {"README.md": card(front, prose), "config.json": '{"model_type": "m"}'} | (files or {})
        empty_hub.add(Repo("acme/m", files=every, weights=WEIGHTS, info=info or {}))
        report = json.loads(ask_at(empty_hub, "acme/m", "-f", "json").out)
        findings = report["frameworks"][0]["findings"]
        rules = {each["rule"]: (each["outcome"], each["message"]["en"]) for each in findings}
        return report["license"], report["problems"], rules

    return audit


@pytest.mark.parametrize(
    ("front", "files", "found", "beside"),
    [
        ("license: apache-2.0", {"LICENSE": apache_text(), "USE_POLICY.md": POLICY}, "Apache-2.0 (LICENSE)",
         "USE_POLICY.md"),
        ("license: apache-2.0", {"LICENSE": apache_text(), "NOTICE": NOTICE}, "Apache-2.0 (LICENSE)",
         "NOTICE:1"),
        ("license: apache-2.0", {"LICENSE": apache_text(), "LICENSE_ZH": CHINESE},
         "Apache-2.0 (LICENSE)", "LICENSE_ZH"),
        ("license: gemma", {"LICENSE": apache_text()}, "Apache-2.0 (LICENSE)", "gemma (README.md:2)"),
        ("license: mit", {"LICENSE": mit_text(), "TERMS.md": TERMS}, "MIT (LICENSE)", "TERMS.md"),
        ("license: mit", {"LICENSE-CODE": mit_text()}, "MIT (LICENSE-CODE)", "mit (README.md:2)"),
        ("license: mit", {}, "nothing found", "mit (README.md:2)"),
    ],
)  # fmt: skip
def test_the_texts_that_were_found_are_named_with_what_stands_beside(audited, front, files, found, beside):
    outcome, said = audited(front, files)[2]["license-text"]
    assert outcome == "needs_review"
    assert f"word for word: {found}." in said
    assert beside in said.split("without such a text: ")[1]


def test_a_text_that_decides_is_met_and_nothing_is_said_beside(audited):
    rules = audited("license: mit", {"LICENSE": mit_text()})[2]
    assert rules["license-text"][0] == "met"
    assert rules["license-consistency"] == ("met", "Every place that names a license names the same one.")


@pytest.mark.parametrize(
    ("front", "files", "sides"),
    [
        ("license: mit", {"LICENSE": mit_text() + "\nThe weights are under the Llama 3 Community License.\n"},
         {"LICENSE", "mit"}),
        ("license: mit", {"LICENSE": mit_text(), "TERMS.md": TERMS}, {"TERMS.md", "LICENSE"}),
        ("license: other\nlicense_name: LicenseRef-Acme-NC", {"LICENSE": NC},
         {"LicenseRef-Acme-NC", "LICENSE"}),
        ("license: other\nlicense_name: acme\nlicense_link: LICENSE", {"LICENSE": apache_text()},
         {"acme", "LICENSE"}),
        ("license:\n- mit\n- cc-by-nc-4.0", {}, {"mit", "cc-by-nc-4.0"}),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_named_with_both_sides(audited, front, files, sides):
    block, _, rules = audited(front, files)
    pairs = [{each["left"]["value"], each["right"]["value"]} for each in block["conflicts"]]
    assert sides in pairs
    outcome, said = rules["license-consistency"]
    assert outcome == "needs_review"
    assert "could be read" not in said
    assert all(side in said for side in sides)


def test_a_list_of_one_class_is_no_conflict(audited):
    block, _, rules = audited("license:\n- mit\n- apache-2.0")
    assert block["conflicts"] == []
    assert (rules["weights-license"][0], rules["license-consistency"][0]) == ("met", "met")


def test_of_a_list_with_a_restriction_the_message_says_that_a_choice_may_be_meant(audited):
    block, _, rules = audited("license:\n- mit\n- cc-by-nc-4.0")
    assert (block["concluded"]["class"], rules["weights-license"][0]) == ("noncommercial", "not_met")
    assert "a choice may be meant" in rules["license-consistency"][1]


def test_where_nothing_names_a_license_nothing_is_said_to_disagree(audited):
    outcome, said = audited("language: en")[2]["license-consistency"]
    assert outcome == "insufficient_evidence"
    assert "none of them names one" in said


@pytest.mark.parametrize(
    ("name", "body", "state", "step"),
    [
        ("LICENSE", bytes(range(256)) * 20, "malformed", "plain text"),
        ("LICENSE", LATIN, "malformed", "iconv -f WINDOWS-1252"),
        ("LICENSE", apache_text().encode("utf-16-le"), "malformed", "iconv -f UTF-16LE"),
        ("LICENSE", b"%PDF-1.7 xx", "unsupported", "plain text"),
        ("LICENSE", POINTER, "unsupported", "plain text"),
        ("USE_POLICY.md", b"\x00\x01\x02" * 50, "malformed", "plain text"),
    ],
)  # fmt: skip
def test_a_license_that_is_no_text_is_a_problem_with_its_next_step(audited, name, body, state, step):
    _, problems, rules = audited("license: apache-2.0", {name: body})
    (problem,) = problems
    assert (problem["what"], problem["state"]) == (name, state)
    assert step in problem["next"]["en"]
    assert problem["why"]["fr"]
    outcome, said = rules["weights-license"]
    assert outcome == "insufficient_evidence"
    assert said.endswith("License found so far: Apache-2.0.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_license_whose_encoding_shows_itself_is_read(audited, encoding):
    block, problems, rules = audited("license: apache-2.0", {"LICENSE": apache_text().encode(encoding)})
    assert problems == []
    assert block["files"][0]["match"] == "exact"
    assert rules["license-text"][0] == "met"


def test_where_nothing_is_declared_nothing_is_found_so_far(audited):
    _, _, rules = audited("language: en", {"LICENSE": b"%PDF-1.7 xx"})
    assert rules["weights-license"][1].endswith("License found so far: nothing found.")


HEADERS = [
    {"gguf": {"total": 7000, "general.license": "cc-by-nc-4.0"}},
    {"gguf": {"total": 7000, "general.license": "other", "general.license.name": "llama3.1"}},
    {"gguf": {"total": 7, "general.license.link": "https://www.llama.com/llama3_1/license"}},
    {"gguf": {"total": 7000, "license": "gemma"}},
    {"gguf": {"metadata": {"general.license": "cc-by-nc-4.0"}}},
    {"safetensors": {"metadata": {"license": "cc-by-nc-4.0"}}},
]


@pytest.mark.parametrize("info", HEADERS)
def test_a_restriction_in_the_header_of_a_weight_file_counts(audited, info):
    block, _, rules = audited("license: apache-2.0", {"LICENSE": apache_text()}, info=info)
    assert rules["weights-license"][0] == "not_met"
    assert rules["license-consistency"][0] == "needs_review"
    (said,) = [
        each
        for each in block["declared"]
        if each["role"] == "header" and each.get("id") != "LicenseRef-other"
    ]
    assert said["source"]["pointer"].startswith(tuple(f"/{block}/" for block in info))


def test_an_open_id_in_a_header_opens_nothing_and_agrees(audited):
    open_header = {"gguf": {"general.license": "apache-2.0"}}
    assert audited("language: en", info=open_header)[2]["weights-license"][0] == "needs_review"
    both = audited("license: apache-2.0", info=open_header)[2]
    assert (both["weights-license"][0], both["license-consistency"][0]) == ("met", "met")


@pytest.mark.parametrize("value", [None, 7, ["x" * 9000], {"general.license": {"a": 1}}, {"metadata": "mit"}])
def test_a_header_without_a_license_changes_nothing(audited, value):
    plain = audited("license: mit", info={"gguf": value})
    assert [each["role"] for each in plain[0]["declared"]] == ["declared", "declared", "tag"]
    assert plain[2]["weights-license"][0] == "met"
