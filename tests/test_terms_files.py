"""Which files hold terms, what each governs, and what is left unread: by name and folder alone."""

import pytest
from hub.world import apache_text, mit_text, nc_text
from raw_samples import WEIGHTS, card, gathered, raw, repository

from osaid_audit.gather import assemble
from osaid_audit.gather.raw import Listed
from osaid_audit.gather.reading.files.plan import wanted_files
from osaid_audit.gather.reading.files.termsfiles import (
    MAX_SIDE_CARDS,
    MAX_TERMS_FILES,
    covers_of,
    side_cards,
    terms_files,
    terms_role,
    unread_terms,
    weight_folders,
)

PROSE = "# A model\n\nA small model for the study of text, made by a school.\n"
OPEN = card(PROSE, license="apache-2.0")
SILENT = card(PROSE, language="en")


def listed(*paths, size=1000):
    return tuple(Listed(path, size) for path in paths)


def facts(text, files=None, rows=WEIGHTS, **info):
    found = assemble(gathered(repository(text, info, files, rows)))
    return {name: fact.value for name, fact in found.facts.items()}, found.problems


@pytest.fixture(scope="session")
def nc(shared):
    """CC-BY-NC-4.0 word for word; without ../shared these tests skip."""
    return nc_text()


# Names


@pytest.mark.parametrize(
    "path",
    [
        "LICENSE_NUMBER_2.txt", "m/unet/LICENSE", "legal/weights/LICENSE", "LICENSES/CC-BY-NC-4.0.txt",
        "license/MODEL.txt", "licenses/model", "LIZENZ.txt", "LICENCIA.txt", "LICENZA.md", "LICENÇA.txt",
        "Lizenzbedingungen.md", "NUTZUNGSBEDINGUNGEN.md", "模型许可协议.md", "利用規約.txt", "라이선스.md",
        "COMMUNITY_AGREEMENT.md", "MODEL_TERMS.md", "Gemma_Terms.txt", "TERMS_AND_CONDITIONS",
        "CONDITIONS.md", "RESTRICTIONS.md", "RAIL.md", "OpenRAIL.txt", "LEGAL.md", "legal_notice.txt",
        "LICENSE.json", "LICENSE.yaml", "LICENSE.webp", "LICENSE.gz", "MODEL_LICENSE.pdf",
        "LICENSE.Apache-2.0",
    ],
)  # fmt: skip
def test_whatever_looks_like_terms_is_read_or_told(path):
    rows = listed(path)
    assert terms_role(path) in {"license", "policy"}
    assert bool(wanted_files(rows, "models")) != bool(unread_terms(rows))


@pytest.mark.parametrize(
    "path",
    [
        "license_plate.txt", "license_plates.md", "license.py", "licenses/table.csv", "driver_license.jpg",
        "license_badge.svg", "license_classifier.json", "terms.csv", "terms.bin", "guardrail.md",
        "legal.json",
        "licenses/model.safetensors", "weather_conditions.txt", "determs.txt", "README.md", "config.json",
    ],
)  # fmt: skip
def test_what_only_resembles_terms_is_left_alone(path):
    assert terms_role(path) is None


def test_terms_about_the_weights_come_first_within_the_cap():
    rows = listed(*(f"third_party/p{n:02}/LICENSE" for n in range(30)), "m/unet/LICENSE", "LICENSE")
    wanted = wanted_files(rows, "models")
    assert wanted[:2] == ("LICENSE", "m/unet/LICENSE")
    assert len(wanted) == MAX_TERMS_FILES
    assert len(unread_terms(rows)) == 32 - MAX_TERMS_FILES


# What a file governs


@pytest.mark.parametrize(
    ("path", "covers"),
    [
        *[(name, "code") for name in ("LICENSE-CODE", "CODE_LICENSE.txt", "LICENSE.code",
        "LICENSE_SOURCE_CODE")],
        *[(name, "code") for name in ("code/LICENSE", "src/LICENSE.md", "src/LICENSE-APACHE")],
        *[(name, "data") for name in ("LICENSE-DATA", "DATASET_LICENSE.md", "data/LICENSE.txt",
        "dataset/LICENSE")],
        *[(name, "documentation") for name in ("LICENSE-DOCS", "docs/LICENSE")],
        *[(name, "other") for name in ("assets/LICENSE", "examples/LICENSE", "LICENSE-images.txt")],
        *[(name, "other") for name in ("third_party/llama/LICENSE", "THIRD_PARTY_NOTICES.txt")],
    ],
)  # fmt: skip
def test_a_file_governs_another_thing_only_when_that_is_certain(path, covers):
    assert covers_of(path) == covers


@pytest.mark.parametrize(
    "path",
    [
        "LICENSE", "LICENSE-CodeGemma", "LICENSE_DeepSeekCoder", "CODE_LLAMA_LICENSE.txt",
        "LICENSE-code-model",
        "Databricks_LICENSE.txt", "LICENSE_SOFTWARE_AND_MODEL", "LICENSE-SOFTWARE", "LICENSE_DATABASE_7B",
        "LICENSE-CODE-AND-DATA", "code/MODEL_LICENSE", "data/weights/LICENSE", "data/LLAMA_LICENSE",
        "documents/LICENSE", "LICENSE-MODEL", "LICENSES/CC-BY-NC-4.0.txt", "vae/LICENSE", "codellama/LICENSE",
    ],
)  # fmt: skip
def test_any_other_license_is_about_the_weights(path):
    assert covers_of(path) == "weights"


def test_a_folder_that_holds_weights_is_about_these():
    rows = listed("data/LICENSE", "data/deep/model.safetensors", "examples/LICENSE", "docs/pages.zip")
    assert weight_folders(rows) == {"data"}
    assert covers_of("data/LICENSE", weight_folders(rows)) == "weights"
    assert covers_of("examples/LICENSE", weight_folders(rows)) == "other"


@pytest.mark.parametrize(
    "path", ["LICENSE-CodeGemma", "CODE_LLAMA_LICENSE.txt", "Databricks_LICENSE.txt", "m/unet/LICENSE",
             "LICENSES/CC-BY-NC-4.0.txt", "LIZENZ.txt", "模型许可协议.md", "MODEL_TERMS.md", "RAIL.md",
             "LICENSE.json"],
)  # fmt: skip
def test_a_restriction_in_such_a_file_is_seen(path, nc):
    assert facts(OPEN, {path: nc})[0]["license.class"] == "noncommercial"


@pytest.mark.parametrize(
    "path", ["dataset/LICENSE", "data/LICENSE.txt", "assets/LICENSE", "examples/LICENSE",
    "LICENSE-images.txt",
             "third_party/x/LICENSE"],
)  # fmt: skip
def test_a_restriction_on_another_thing_is_not_the_weights(path, nc):
    found, _ = facts(OPEN, {path: nc})
    assert (found["license.class"], found["license.read_all"]) == ("osi", True)
    assert "code.license_class" not in found
    inside = [*WEIGHTS, {"rfilename": f"{path.split('/')[0]}/model.gguf", "size": 9}]
    if "/" in path:
        assert facts(OPEN, {path: nc}, inside)[0]["license.class"] == "noncommercial"


@pytest.mark.parametrize("path", ["LICENSE.webp", "LICENSE.gz", "TERMS.docx"])
def test_terms_that_cannot_be_read_hold_back_and_are_told(path):
    rows = [*WEIGHTS, {"rfilename": path, "size": 10}]
    found, (problem,) = facts(OPEN, rows=rows)
    assert "license.read_all" not in found
    assert (problem.what, problem.state) == (path, "unsupported")
    other = [*WEIGHTS, {"rfilename": f"assets/{path}", "size": 10}]
    found, (problem,) = facts(OPEN, rows=other)
    assert found["license.read_all"] is True
    assert problem.blocks == ()


@pytest.mark.parametrize("path", ["LICENSES/model/LICENSE", "LIZENZ.txt", "LEGAL.md", "LICENSES/MIT.txt"])
def test_a_grant_in_such_a_file_is_a_grant(path):
    assert facts(SILENT, {path: mit_text()})[0]["license.grant_found"] is True
    assert facts(SILENT, {"notes.txt": mit_text()})[0]["license.grant_found"] is False


# Cards beside README.md


def test_side_cards_lie_at_the_root_or_where_weights_are():
    rows = listed("README.md", "README_fr.md", "readme.md", "MODEL_CARD.md", "unet/README.md",
    "docs/README.md",
                  "unet/deep/model.safetensors", "README.png", "READMES.md")  # fmt: skip
    found = ["MODEL_CARD.md", "README_fr.md", "readme.md", "unet/README.md"]
    assert [file.path for file in side_cards(rows)] == found
    assert wanted_files(rows, "models") == tuple(found[:MAX_SIDE_CARDS])
    assert unread_terms(rows) == ((Listed("unet/README.md", 1000), "too_large"),)
    assert wanted_files(rows, "datasets") == ()


UNET = [*WEIGHTS, {"rfilename": "unet/model.safetensors", "size": 9}]


@pytest.mark.parametrize("path", ["README_fr.md", "readme.md", "unet/README.md", "README-zh-CN.md"])
def test_a_side_card_may_restrict_and_never_open(path):
    strict, same = card(PROSE, license="cc-by-nc-4.0"), card(PROSE, license="apache-2.0")
    found, (problem,) = facts(OPEN, {path: strict}, UNET)
    assert found["license.class"] == "noncommercial"
    assert (problem.what, problem.state, problem.line) == (path, "malformed", 2)
    found, problems = facts(OPEN, {path: same}, UNET)
    assert (found["license.class"], found["license.consistent"], problems) == ("osi", True, ())
    found, _ = facts(SILENT, {path: same}, UNET)
    assert (found["license.class"], found["license.grant_found"]) == ("custom-unknown", True)


def test_a_side_card_that_may_be_an_old_one_only_asks_for_a_reader():
    found, _ = facts(OPEN, {"README_old.md": card(PROSE, license="cc-by-nc-4.0")})
    assert found["license.class"] == "custom-unknown"
    assert facts(OPEN, {"README_old.md": card(PROSE, license="apache-2.0")})[0]["license.class"] == "osi"


@pytest.mark.parametrize("name", ["other", "fjordland-1.0"])
def test_a_side_card_with_a_license_nobody_knows_asks_for_a_reader(name):
    assert facts(OPEN, {"README_fr.md": card(PROSE, license=name)})[0]["license.class"] == "custom-unknown"


def test_the_prose_of_a_side_card_is_read():
    strict = f"{PROSE}\nThis model is released under CC-BY-NC-4.0.\n"
    assert facts(OPEN, {"README_en.md": strict})[0]["license.class"] == "noncommercial"
    assert facts(OPEN, {"README_en.md": PROSE})[0]["license.class"] == "osi"
    granting = f"{PROSE}\nThis model is released under the MIT license.\n"
    assert facts(SILENT, {"README_en.md": granting})[0].get("license.grant_found") is not False


def test_a_side_card_in_a_language_that_is_not_read_holds_back_when_it_speaks_of_terms():
    found, (problem,) = facts(OPEN, {"README_zh.md": "# 模型\n\n本模型仅供非商业用途，许可协议如下所示。\n"})
    assert "license.read_all" not in found
    assert problem.state == "unsupported"
    plain = {"README_zh.md": "# 模型\n\n这是一个语言模型，用于文本生成。\n"}
    assert facts(OPEN, plain)[0]["license.class"] == "osi"
    assert "license.grant_found" not in facts(SILENT, plain)[0]


@pytest.mark.parametrize("body", ["---\nlicense: [mit\n---\n# Broken\n", "---\nlicense: mit\n# Unclosed\n"])
def test_a_broken_side_card_holds_back(body):
    found, problems = facts(OPEN, {"README_fr.md": body})
    assert "license.read_all" not in found
    assert [(problem.what, problem.state) for problem in problems] == [("README_fr.md", "malformed")]


def test_side_cards_beyond_the_cap_hold_back():
    rows = [*WEIGHTS, *({"rfilename": f"README_{name}.md", "size": 9} for name in ("de", "es", "fr", "it"))]
    read = {f"README_{name}.md": raw(f"README_{name}.md", PROSE) for name in ("de", "es", "fr")}
    found, problems = facts(OPEN, read, rows)
    assert "license.read_all" not in found
    assert [(problem.what, problem.state) for problem in problems] == [("README_it.md", "too_large")]


# The license of the code


@pytest.mark.parametrize("path", ["LICENSE-CODE", "code/LICENSE", "src/LICENSE"])
def test_a_license_of_the_code_alone_gives_its_class(path, nc):
    strict, _ = facts(OPEN, {path: nc})
    assert (strict["code.license_class"], strict["license.class"]) == ("noncommercial", "osi")
    assert strict["code.license_files"] == (f"CC-BY-NC-4.0 ({path})",)
    assert facts(OPEN, {path: mit_text()})[0]["code.license_class"] == "osi"
    assert facts(OPEN, {path: "Our own terms.\n"})[0]["code.license_class"] == "custom-unknown"


def test_a_license_of_the_weights_says_nothing_of_the_code():
    assert "code.license_class" not in facts(OPEN, {"LICENSE": apache_text(), "train.py": ""})[0]


def test_an_unread_license_of_the_code_waits_unless_another_restricts(nc):
    rows = [*WEIGHTS, {"rfilename": "LICENSE-CODE.pdf", "size": 9}]
    open_one, (problem,) = facts(OPEN, {"LICENSE_CODE": mit_text()}, rows)
    assert "code.license_class" not in open_one
    assert open_one["license.read_all"] is True
    assert problem.blocks == ("code.license_class",)
    assert facts(OPEN, {"LICENSE_CODE": nc}, rows)[0]["code.license_class"] == "noncommercial"


def test_files_are_ordered_the_same_way_whatever_the_listing():
    rows = listed("b/LICENSE", "LICENSE", "NOTICE", "src/LICENSE")
    assert terms_files(rows) == terms_files(tuple(reversed(rows)))
