"""What linked code repositories change in a report, through the command line."""

import html
import json
from functools import partial

import pytest
from github.server import Answer, Code, LocalGitHub
from hub.repos import Repo, Weights
from hub.world import apache_text, card, mit_text, nc_text

pytest_plugins = ("hub.fixtures",)

MODEL = "acme/coded-7b"
TRAIN = "https://github.com/acme/train"
OTHER = "https://github.com/other/tool"
TOKEN = "ghp_0123456789abcdefghij"
WHOLE = {
    "LICENSE": apache_text(),
    "train.py": "",
    "prepare_data.py": "",
    "evaluate.py": "",
    "inference.py": "",
    "model.py": "",
    "requirements.txt": "",
}
ROLES = ("training", "data_processing", "evaluation", "inference")
RULES = ("training-code", "data-processing-code", "evaluation-code", "inference-code", "architecture")


@pytest.fixture
def github():
    with LocalGitHub([Code("acme/train", WHOLE)]) as server:
        yield server


@pytest.fixture
def ask(ask_at, local_hub, github):
    return partial(ask_at, local_hub)


@pytest.fixture
def audited(ask, local_hub, github):
    """The report on a model whose card has this body."""

    def run(body=f"Code: {TRAIN}\n", *arguments, front="license: apache-2.0", more=(), info=None):
        files = {"README.md": card(front, f"# Coded\n\n{body}"), "LICENSE": apache_text(), **dict(more)}
        weights = (Weights("model.safetensors", 10**9),)
        local_hub.add(Repo(MODEL, files=files, weights=weights, info=info or {}))
        ran = ask(MODEL, "-f", "json", "--github-endpoint", github.url, *arguments)
        assert ran.out, ran.err
        return json.loads(ran.out)

    return run


@pytest.fixture
def nc():
    text = nc_text()
    if "full text is not part" in text:
        pytest.skip("../shared is not beside this checkout: no restricting license text to read")
    return text


def outcome(report, rule):
    return next(each for each in report["frameworks"][0]["findings"] if each["rule"] == rule)["outcome"]


def test_code_that_was_found_is_a_point_to_review_and_never_met(audited, github):
    report = audited()
    sha = github.repos["acme/train"].sha
    assert report["code"] == [
        {
            "url": TRAIN,
            "standing": "own",
            "found": True,
            "license": "Apache-2.0",
            "has": dict.fromkeys(ROLES, True),
        }
    ]
    assert {outcome(report, rule) for rule in (*RULES, "code-license", "supporting-libraries")} == {
        "needs_review"
    }
    fact = report["facts"]["code.training_found"]
    assert fact["basis"] == "stated"
    (place,) = fact["evidence"]
    assert (place["url"], place["revision"]) == (f"{TRAIN}/blob/{sha}/train.py", sha)
    assert report["facts"]["code.license_class"]["value"] == "osi"
    assert report["facts"]["code.license_files"]["value"] == ["Apache-2.0 (github.com/acme/train LICENSE)"]
    assert (report["problems"], report["frameworks"][0]["verdict"]) == ([], "undetermined")


def test_without_a_link_nothing_is_found(audited, github):
    report = audited("No code here.\n")
    assert report["code"] == []
    assert {outcome(report, rule) for rule in (*RULES, "code-license")} == {"insufficient_evidence"}
    assert github.seen == []


def test_a_complete_list_says_which_files_it_has_not(audited, github):
    github.add(Code("acme/train", {"train.py": "", "README.md": ""}))
    report = audited()
    (code,) = report["code"]
    assert code["has"] == dict.fromkeys(ROLES, False) | {"training": True}
    assert "license" not in code
    assert outcome(report, "evaluation-code") == "insufficient_evidence"
    assert outcome(report, "code-license") == "insufficient_evidence"


def test_a_cut_list_says_only_what_it_has(audited, github):
    github.add(Code("acme/train", {"inference.py": "", "train.py": "", "z.md": ""}, truncated=True))
    (code,) = audited()["code"]
    assert code["has"] == {"training": True, "inference": True}


def test_an_empty_repository_is_found_and_shows_nothing(audited, github):
    github.add(Code("acme/train"))
    (code,) = audited()["code"]
    assert code == {"url": TRAIN, "standing": "own", "found": True, "has": dict.fromkeys(ROLES, False)}


def test_a_dead_link_is_reported_and_breaks_nothing(audited):
    report = audited("Code: https://github.com/acme/gone\n")
    assert report["code"] == [
        {"url": "https://github.com/acme/gone", "standing": "own", "found": False, "has": {}}
    ]
    (problem,) = report["problems"]
    assert (problem["what"], problem["state"]) == ("https://github.com/acme/gone", "not_found_or_private")
    assert "does not exist" in problem["why"]["en"]
    assert "n'existe pas" in problem["why"]["fr"]
    assert {outcome(report, rule) for rule in (*RULES, "code-license")} == {"insufficient_evidence"}


def test_a_spent_limit_says_how_to_raise_it(audited, github):
    github.remaining = 0
    report = audited()
    assert report["code"] == [{"url": TRAIN, "standing": "own", "has": {}}]
    (problem,) = report["problems"]
    assert "rate limit is reached; it is lifted at" in problem["why"]["en"]
    assert "GITHUB_TOKEN" in problem["next"]["en"]
    assert "GITHUB_TOKEN" in problem["next"]["fr"]
    assert outcome(report, "training-code") == "insufficient_evidence"


def test_a_list_that_is_none_is_a_problem_of_a_repository_that_was_found(audited, github):
    sha = github.repos["acme/train"].sha
    github.canned[f"/repos/acme/train/git/trees/{sha}?recursive=1"] = Answer(200, {}, b"[]")
    report = audited()
    assert report["code"] == [{"url": TRAIN, "standing": "own", "found": True, "has": {}}]
    assert [(problem["what"], problem["state"]) for problem in report["problems"]] == [(TRAIN, "malformed")]


def test_a_license_that_was_not_read_is_a_problem_and_holds_the_class_back(audited, github):
    github.remaining = 2
    report = audited()
    (problem,) = report["problems"]
    assert (problem["what"], problem["blocks"]) == (f"{TRAIN} LICENSE", ["code.license_class"])
    assert report["code"][0]["has"]["training"] is True
    assert "code.license_class" not in report["facts"]
    assert outcome(report, "code-license") == "insufficient_evidence"


# The license of the code


def test_the_license_of_its_own_code_restricts(audited, github, nc):
    github.add(Code("acme/train", WHOLE | {"LICENSE": nc}))
    report = audited()
    assert report["facts"]["code.license_class"]["value"] == "noncommercial"
    assert outcome(report, "code-license") == "not_met"
    assert report["frameworks"][0]["verdict"] == "does_not_conform"
    assert report["code"][0]["license"] == "CC-BY-NC-4.0"


@pytest.mark.parametrize(
    ("body", "files"),
    [
        (f"A repository: see {TRAIN} too.\n", {}),
        (f"## Acknowledgements\n\nCode: {TRAIN}\n", {}),
        (f"Made with acme ([GitHub]({TRAIN})).\n", {}),
        (f"Code: {TRAIN}\n", {"MODEL_LICENSE": "Terms."}),
        (f"Code: {TRAIN}\n", {"LICENSE-MIT": mit_text()}),
        (f"Code: {TRAIN}\n", {"LICENSE.pdf": "%PDF"}),
    ],
)
def test_a_restriction_in_any_doubt_is_a_point_to_review(audited, github, nc, body, files):
    github.add(Code("acme/train", WHOLE | {"LICENSE": nc} | files))
    report = audited(body)
    assert outcome(report, "code-license") in {"needs_review", "insufficient_evidence"}
    assert "code.license_class" not in report["facts"]


@pytest.mark.parametrize("change", [{"truncated": True}, {"submodule": "core"}, {"files": {"README.md": ""}}])
def test_a_restriction_beside_an_unknown_or_no_code_breaks_nothing(audited, github, nc, change):
    files = change.pop("files", WHOLE)
    github.add(Code("acme/train", files | {"LICENSE": nc}, **change))
    assert outcome(audited(), "code-license") != "not_met"


def test_a_changed_text_is_named_and_does_not_open(audited, github):
    github.add(Code("acme/train", WHOLE | {"LICENSE": mit_text() + "\nNo commercial use.\n"}))
    report = audited()
    assert report["facts"]["code.license_class"]["value"] == "custom-unknown"
    assert "license" not in report["code"][0]
    assert outcome(report, "code-license") == "needs_review"


def test_an_unread_repository_of_its_own_keeps_the_class_open(audited, github, nc):
    """Its mirror: read and alone, it restricts; unread or one of two, nothing is decided."""
    own = {"LICENSE-CODE": mit_text()}
    assert audited(more=own)["facts"]["code.license_class"]["value"] == "osi"
    github.add(Code("acme/hidden", WHOLE | {"LICENSE": nc}))
    hidden = "Inference code: https://github.com/acme/hidden\n"
    assert audited(hidden, more=own)["facts"]["code.license_class"]["value"] == "noncommercial"
    assert "code.license_class" not in audited(f"Code: {TRAIN}\n\n{hidden}", more=own)["facts"]
    gone = f"Code: {TRAIN}\n\nInference code: https://github.com/acme/gone\n"
    report = audited(gone, more=own)
    assert "code.license_class" not in report["facts"]
    assert outcome(report, "code-license") == "needs_review"


# Leads, limits and the parent's code


def test_what_lies_aside_is_a_lead_and_decides_nothing(audited, github):
    report = audited(f"## Acknowledgements\n\nBased on {TRAIN}.\n")
    assert report["facts"]["code.training_found"]["basis"] == "lead"
    assert outcome(report, "training-code") == "insufficient_evidence"
    assert report["code"][0]["has"]["training"] is True


def test_a_lead_takes_nothing_from_what_is_known(audited, github):
    report = audited(f"Based on {TRAIN}.\n", more={"train.py": ""})
    fact = report["facts"]["code.training_found"]
    assert fact["basis"] == "verified"
    assert not any("github.com" in place["url"] for place in fact["evidence"])
    own = audited(more={"train.py": ""})["facts"]["code.training_found"]
    assert own["basis"] == "verified"
    assert any("github.com" in place["url"] for place in own["evidence"])


def test_a_copied_card_s_code_is_the_parent_s(audited, github, local_hub):
    front = "license: apache-2.0\nbase_model: acme/root\nbase_model_relation: quantized"
    local_hub.add(Repo("acme/root", files={"README.md": card("license: mit"), "LICENSE": mit_text()}))
    packed = {"config": {"quantization_config": {"bits": 4}}}
    assert audited(front=front, info=packed)["code"] == []
    assert github.seen == []
    assert [each["url"] for each in audited(front=front)["code"]] == [TRAIN]


def test_more_repositories_than_are_asked_and_other_hosts_are_told(audited):
    many = "".join(f"- https://github.com/acme/part-{number}\n" for number in range(7))
    report = audited(f"{many}- https://codeberg.org/acme/x\n")
    told = [limit["en"] for limit in report["limits"]]
    assert any("Of 7 linked code repositories only the first 6" in limit for limit in told)
    assert any("codeberg.org" in limit for limit in told)
    assert len(report["code"]) == 8
    assert [each["found"] for each in report["code"] if "found" in each] == [False] * 6
    assert not any("repositor" in limit["en"] for limit in audited()["limits"])


def test_without_links_they_are_listed_and_the_limit_is_told(audited, github):
    report = audited(f"Code: {TRAIN}\n", "--no-links")
    assert report["code"] == [{"url": TRAIN, "standing": "own", "has": {}}]
    assert any("code repositories, were not followed" in limit["en"] for limit in report["limits"])
    assert (report["problems"], github.seen) == ([], [])


def test_offline_gives_the_same_report(audited, github):
    online, asked = audited(), len(github.seen)
    offline = audited(f"Code: {TRAIN}\n", "--offline")
    assert len(github.seen) == asked
    assert offline["code"] == online["code"]
    assert offline["facts"] == online["facts"]


# Tokens and texts


def test_the_token_comes_from_the_environment_and_is_nowhere_in_what_is_written(
    ask, audited, github, monkeypatch, tmp_path
):
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    github.tokens = {TOKEN}
    report = audited()
    assert {seen.headers.get("authorization") for seen in github.seen} == {f"Bearer {TOKEN}"}
    assert TOKEN not in json.dumps(report)
    ran = ask(MODEL, "-v", "--github-endpoint", github.url)
    assert TOKEN not in ran.out + ran.err
    kept = tmp_path / "copies"
    assert ask("gather", MODEL, "-o", tmp_path / "d.json", "--evidence", kept).code == 0
    files = [tmp_path / "d.json", *(path for path in kept.rglob("*") if path.is_file())]
    assert not any(TOKEN.encode() in path.read_bytes() for path in files)


def test_a_wrong_token_is_a_problem_and_stands_in_no_message(audited, github, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    report = audited()
    (problem,) = report["problems"]
    assert "GitHub rejected GITHUB_TOKEN" in problem["why"]["en"]
    assert TOKEN not in json.dumps(report)


def test_an_unusable_token_or_endpoint_is_refused_without_showing_it(ask, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "two words")
    ran = ask(MODEL)
    assert (ran.code, "GITHUB_TOKEN" in ran.err, "two words" in ran.err) == (2, True, False)
    monkeypatch.delenv("GITHUB_TOKEN")
    for wrong in ("ftp://x", "https://user:secret@x", "nothing"):
        ran = ask(MODEL, "--github-endpoint", wrong)
        assert (ran.code, "secret" in ran.err) == (2, False)


def test_the_endpoint_comes_from_the_environment_too(ask, audited, github, monkeypatch, capsys):
    audited("No link.\n")
    monkeypatch.setenv("OSAID_AUDIT_GITHUB_ENDPOINT", "nothing")
    from door import osaid_audit

    assert "--github-endpoint" in osaid_audit(capsys, MODEL).err


def test_copies_of_what_was_read_are_kept(ask, audited, github, tmp_path):
    audited()
    kept = tmp_path / "copies"
    place = ("--github-endpoint", github.url)
    assert ask("gather", MODEL, "-o", tmp_path / "d.json", "--evidence", kept, *place).code == 0
    index = json.loads((kept / "index.json").read_text())
    paths = {place["path"] for places in index["files"].values() for place in places}
    assert {"acme/train tree", "LICENSE"} <= paths


SHOWN = {
    "en": ("its own code, by the page", "found", "license Apache-2.0", "training code: seen by file names"),
    "fr": (
        "son propre code, selon la page",
        "trouvé",
        "licence Apache-2.0",
        "code d'entraînement : vu d'après les noms de fichiers",
    ),
}


@pytest.mark.parametrize("lang", SHOWN)
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_format_shows_the_repositories(ask, audited, github, lang, form):
    audited()
    out = ask(MODEL, "-f", form, "--lang", lang, "--github-endpoint", github.url).out
    flat = (
        " ".join(html.unescape(out).split()).replace("\u00a0", " ").replace("\u202f", " ").replace("\\", "")
    )
    assert "github.com/acme/train" in flat
    assert [words for words in SHOWN[lang] if words not in flat] == []
