"""Families of models as their repositories look today, through the command line.

The repositories are ours: front matter, gating and listing have today's shape, the prose is written here.
License texts come from an installed package or from ../shared; without them a sentence of ours stands in.
"""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hub.repos import Repo, Weights
from hub.world import apache_text, card

pytest_plugins = ("hub.fixtures",)

TEXTS = Path(__file__).resolve().parents[2] / "shared" / "licenses-set"
ONE = (
    Weights("model-00001-of-00002.safetensors", 5 * 10**9),
    Weights("model-00002-of-00002.safetensors", 10**9),
)
PARTS = tuple(Weights(f"{part}/diffusion_pytorch_model.safetensors", 10**9) for part in ("unet", "vae"))
CONFIG = {"config.json": '{"model_type": "m", "architectures": ["MForCausalLM"]}'}
PROMPT = "The information you provide will be collected, stored, processed and shared."


def text(name):
    """A license text of ../shared; without it a sentence that only names it."""
    file = TEXTS / name
    return (
        file.read_text(encoding="utf-8") if file.is_file() else f"The terms of {file.stem} stand elsewhere.\n"
    )


@dataclass(frozen=True)
class Family:
    """A repository by its parts; `license` is the id that is concluded."""

    name: str
    license: str
    front: str
    files: dict = field(default_factory=dict)
    gated: str | bool = False
    weights: tuple = ONE
    prose: str = "# A model\n\nWritten for a test.\n"

    def repo(self):
        files = {"README.md": card(self.front, self.prose)} | CONFIG | self.files
        return Repo(self.name, files=files, weights=self.weights, gated=self.gated)

    def __str__(self):
        return self.name.rpartition("/")[2]


def llama(name, license_id, concluded, source, **more):
    gate = f"extra_gated_heading: Access\nextra_gated_prompt: >-\n  ### COMMUNITY LICENSE\n\n  {PROMPT}\n"
    files = {"LICENSE.txt": text(source), "USE_POLICY.md": "Use it well.\n"}
    front = f"{license_id}\nlanguage:\n- en\npipeline_tag: text-generation\ntags:\n- pytorch\n{gate}"
    return Family(name, concluded, front, files, "manual", **more)


def gemma(name, *more):
    gate = "extra_gated_heading: Access it\nextra_gated_button_content: Acknowledge license"
    front = "\n".join(["license: gemma", "library_name: transformers", gate, *more])
    return Family(name, "LicenseRef-gemma", front, gated="manual")


def diffusion(name, license_id, concluded):
    index = {"model_index.json": '{"_class_name": "StableDiffusionPipeline", "unet": ["diffusers", "U"]}'}
    front = f"license: {license_id}\ntags:\n- stable-diffusion\n- text-to-image\ninference: true"
    return Family(name, concluded, front, index, weights=PARTS)


OPENRAIL = ("creativeml-openrail-m", "LicenseRef-creativeml-openrail-m")
OPENRAIL_PP = ("openrail++", "LicenseRef-openrail++-m")
GEMMA_TERMS = "license_link: https://ai.google.dev/gemma/terms"
LLAMA_4 = "license: other\nlicense_name: llama4"
RESTRICTED = [
    llama("meta-llama/Llama-2-7b-hf", "license: llama2", "LicenseRef-llama-2", "real/llama2.txt"),
    llama("meta-llama/Meta-Llama-3-8B", "license: llama3", "LicenseRef-llama-3", "real/llama3.txt"),
    llama("meta-llama/Llama-3.1-8B", "license: llama3.1", "LicenseRef-llama-3.1", "real/llama3.1.txt"),
    llama("meta-llama/Llama-3.2-3B", "license: llama3.2", "LicenseRef-llama-3.2", "real/llama3.2.txt"),
    llama("meta-llama/Llama-3.3-70B", "license: llama3.3", "LicenseRef-llama-3.3", "real/llama3.3.txt"),
    llama("meta-llama/Llama-4-Scout-17B-16E", LLAMA_4, "LicenseRef-llama-4", "real/llama4.txt"),
    gemma("google/gemma-2b", GEMMA_TERMS),
    gemma("google/gemma-2-9b"),
    gemma("google/gemma-3-4b-it", "base_model: google/gemma-3-4b-pt"),
    diffusion("CompVis/stable-diffusion-v1-4", *OPENRAIL),
    diffusion("stabilityai/stable-diffusion-2-1", *OPENRAIL_PP),
    diffusion("stabilityai/stable-diffusion-xl-base-1.0", *OPENRAIL_PP),
]  # fmt: skip

APACHE = "license: apache-2.0"
TEXT = {"LICENSE": apache_text()}
QWEN = "Qwen/Qwen3-8B"
QWEN_LINK = f"license_link: https://huggingface.co/{QWEN}/blob/main/LICENSE"
OPEN = [
    Family("mistralai/Mixtral-8x7B-v0.1", "Apache-2.0", f"{APACHE}\nlanguage:\n- fr\n- it\ntags:\n- moe\n"
           "extra_gated_description: Our Privacy Policy says more."),
    Family("google-bert/bert-base-uncased", "Apache-2.0",
           f"language: en\ntags:\n- exbert\n{APACHE}\ndatasets:\n- bookcorpus\n- wikipedia", TEXT,
           weights=(Weights("model.safetensors", 440_449_768), Weights("pytorch_model.bin", 440_473_133))),
    Family(QWEN, "Apache-2.0", f"library_name: transformers\n{APACHE}\n{QWEN_LINK}\npipeline_tag: any", TEXT),
    Family("openai/gpt-oss-20b", "Apache-2.0", f"{APACHE}\npipeline_tag: text-generation\ntags:\n- vllm",
           TEXT | {"USAGE_POLICY": "We aim for our tools to be used safely and in line with the law.\n"},
           prose="# A model\n\n* **Permissive Apache 2.0 license:** build freely without copyleft.\n"),
    Family("EleutherAI/pythia-1.4b", "Apache-2.0",
           f"language:\n- en\ntags:\n- pytorch\n- causal-lm\n{APACHE}\ndatasets:\n- EleutherAI/pile"),
    Family("LLM360/Amber", "Apache-2.0", f"{APACHE}\nlanguage:\n- en\ndatasets:\n- LLM360/AmberDatasets",
           prose="# Amber\n\n- **License:** Apache 2.0\n- **Language(s) (NLP):** English\n"),
]  # fmt: skip


@pytest.fixture
def audited(ask_at, empty_hub, shut_proxy):
    """The exit code and the report of one family, under its own or another name."""

    def run(family, *arguments, name=None):
        renamed = name is not None
        repo = family.repo()
        empty_hub.add(replace(repo, id=name, aliases=(family.name,)) if renamed else repo)
        ran = ask_at(empty_hub, name or family.name, "-f", "json", *arguments)
        return ran.code, json.loads(ran.out)

    return run


def osaid(report):
    return report["frameworks"][0]


def outcomes(report):
    return {each["rule"]: each["outcome"] for each in osaid(report)["findings"]}


def failed(report):
    return [rule for rule, outcome in outcomes(report).items() if outcome == "not_met"]


def rungs(report):
    return report["label"]["value"], report["label"]["at_most"]


def states(report):
    return {problem["what"]: problem["state"] for problem in report["problems"]}


@pytest.mark.parametrize("family", RESTRICTED, ids=str)
def test_restricted_families_do_not_conform(audited, family):
    code, report = audited(family)
    assert (code, osaid(report)["verdict"]) == (1, "does_not_conform")
    assert rungs(report) == ("weights-available", "weights-available")
    assert report["license"]["concluded"]["id"] == family.license
    assert failed(report) == ["weights-license"]
    assert osaid(report)["only_proven_breach"] == "license"


@pytest.mark.parametrize("family", OPEN, ids=str)
def test_open_families_have_no_failed_rule_and_open_weights(audited, family):
    code, report = audited(family)
    assert (code, osaid(report)["verdict"], failed(report)) == (0, "undetermined", [])
    assert rungs(report) == ("open-weights", "open-source-ai-with-open-data")
    assert report["license"]["concluded"]["id"] == family.license
    assert outcomes(report)["weights-license"] == "met"


@pytest.mark.parametrize("family", [each for each in RESTRICTED if each.gated], ids=str)
def test_a_gated_family_is_judged_by_its_metadata_and_says_what_was_not_read(audited, family):
    _, report = audited(family)
    read = states(report)
    listed = [path for path in family.repo().files if path != "config.json"]
    assert {path: read.get(path) for path in listed} == dict.fromkeys(listed, "gated")
    finding = next(each for each in osaid(report)["findings"] if each["rule"] == "weights-license")
    assert finding["evidence"]
    assert all("/api/models/" in item["url"] for item in finding["evidence"])
    assert all(item["pointer"].startswith("/") for item in finding["evidence"])
    assert {each["path"] for each in report["license"]["files"]} <= set(listed)
    assert not any("match" in each for each in report["license"]["files"])
    assert outcomes(report)["access-gating"] == "needs_review"


@pytest.mark.parametrize("family", RESTRICTED[:2] + RESTRICTED[5:7], ids=str)
def test_with_a_token_the_same_family_is_read_and_stays_restricted(audited, empty_hub, family):
    empty_hub.tokens = {"hf_good": {"*"}}
    code, report = audited(family, "--token", "hf_good")
    assert (code, rungs(report)) == (1, ("weights-available", "weights-available"))
    assert "gated" not in states(report).values()
    places = {place.get("path") for place in report["facts"]["license.class"]["evidence"]}
    assert places & {"README.md", "LICENSE.txt"}


def test_a_license_text_that_is_read_verifies_the_restriction(audited, empty_hub, shared):
    """The texts are taken from ../shared."""
    empty_hub.tokens = {"hf_good": {"*"}}
    _, report = audited(RESTRICTED[3], "--token", "hf_good")
    assert report["license"]["concluded"]["basis"] == "verified"
    assert {each["match"] for each in report["license"]["files"] if each["path"] == "LICENSE.txt"} == {
        "exact"
    }


@pytest.mark.parametrize("family", [*RESTRICTED, *OPEN], ids=str)
def test_renaming_changes_nothing(audited, family):
    """A repository moved to another name: what it says of itself stays, the old name redirects."""
    (code, one), (other_code, other) = audited(family), audited(family, name="somebody/thing-1")
    assert (other_code, outcomes(other), other["label"]) == (code, outcomes(one), one["label"])
    assert other["license"]["concluded"] == one["license"]["concluded"]
    assert set(states(other).values()) == set(states(one).values())


GEMMA_4 = Family(
    "google/gemma-4-31B", "Apache-2.0",
    f"library_name: transformers\n{APACHE}\nlicense_link: https://ai.google.dev/gemma/docs/gemma_4_license\n"
    "pipeline_tag: image-text-to-text",
)  # fmt: skip


def test_an_open_tag_with_an_unread_link_is_undetermined(audited):
    code, report = audited(GEMMA_4)
    assert (code, osaid(report)["verdict"], failed(report)) == (0, "undetermined", [])
    assert outcomes(report)["weights-license"] == "insufficient_evidence"
    assert report["label"]["value"] == "undetermined"
    assert states(report)["https://ai.google.dev/gemma/docs/gemma_4_license"] == "unreachable"
    assert "license.class" not in report["facts"]
    assert rungs(audited(GEMMA_4, name="somebody/thing-1")[1]) == rungs(report)
    assert rungs(audited(GEMMA_4, "--no-links")[1]) == rungs(report)


@pytest.mark.parametrize(("page", "outcome", "label"), [
    (apache_text(), "met", "open-weights"),
    (apache_text() + "\nYou must not use the model for surveillance.\n", "needs_review", "undetermined"),
])  # fmt: skip
def test_the_same_link_once_read_decides(audited, empty_hub, page, outcome, label):
    link = empty_hub.page("/license.txt", page)
    front = f"{APACHE}\nlicense_link: {link}"
    _, report = audited(replace(GEMMA_4, front=front), "--allow-host", "127.0.0.1")
    assert (outcomes(report)["weights-license"], report["label"]["value"]) == (outcome, label)


@pytest.mark.parametrize("host", ["https://huggingface.co", "HUB"])
def test_a_link_to_the_models_own_license_is_that_file(audited, empty_hub, host):
    """Written for the public Hub it is read at the endpoint that was asked, which is its mirror."""
    front = f"{APACHE}\nlicense_link: {host.replace('HUB', empty_hub.url)}/{QWEN}/blob/main/LICENSE"
    _, report = audited(replace(OPEN[2], front=front))
    assert report["problems"] == []
    assert len([path for path in empty_hub.requests() if path.endswith("/LICENSE")]) == 1
    gone = replace(OPEN[2], front=front, files={})
    _, report = audited(gone)
    assert outcomes(report)["weights-license"] == "insufficient_evidence"
    assert list(states(report).values()) == ["absent"]


def test_a_policy_beside_an_open_license_is_shown_and_takes_nothing(audited):
    _, report = audited(OPEN[3])
    assert outcomes(report)["usage-policy"] == "needs_review"
    banning = replace(
        OPEN[3], files=TEXT | {"USAGE_POLICY": "You must not use the model for military purposes.\n"}
    )
    _, report = audited(banning)
    assert outcomes(report)["weights-license"] == "needs_review"
    assert report["label"]["value"] == "undetermined"


CORPUS = {
    ("does_not_conform", "weights-available"): """
        meta-llama/Llama-2-7b meta-llama/Meta-Llama-3-8B meta-llama/Meta-Llama-3-8B-Instruct
        meta-llama/Llama-3.2-3B meta-llama/Llama-4-Scout-17B-16E RedHatAI/Llama-4-Scout-17B-16E-Instruct
        google/gemma-2b google/gemma-2b-it RedHatAI/gemma-2-9b-it RedHatAI/gemma-3-12b-it
        google/gemma-3-1b-it-qat-q4_0-gguf CompVis/stable-diffusion-v1-4 runwayml/stable-diffusion-v1-5
        runwayml/stable-diffusion-inpainting stabilityai/stable-diffusion-2
        stabilityai/stable-diffusion-2-1""",
    ("undetermined", "open-weights"): """
        mistralai/Mixtral-8x7B-v0.1 mistralai/Mixtral-8x7B-Instruct-v0.1 google-bert/bert-base-uncased
        google-bert/bert-base-cased openai/gpt-oss-120b RedHatAI/gpt-oss-20b EleutherAI/pythia-70m
        EleutherAI/pythia-1.4b EleutherAI/pythia-6.9b EleutherAI/pythia-12b-deduped LLM360/Amber""",
    # The link could not be read, or stands in another repository; a base is named; the prose alone speaks.
    ("undetermined", "undetermined"): """
        google/gemma-4-31B RedHatAI/Qwen3-8B unsloth/Qwen3-8B-GGUF LLM360/AmberChat Qwen/Qwen3-8B""",
}


def test_the_recorded_cards_of_the_same_families(ask_at, corpus_hub, shut_proxy, tmp_path):
    """Cards, texts and replies are real; listings, and sizes where nobody recorded them, are made up."""
    wanted = {name: answer for answer, names in CORPUS.items() for name in names.split()}
    listing = tmp_path / "models.txt"
    listing.write_text("\n".join(wanted))
    ran = ask_at(corpus_hub, "-r", listing, "-f", "json")
    reports = json.loads(ran.out)
    found = {each["subject"]["id"]: (osaid(each)["verdict"], each["label"]["value"]) for each in reports}
    assert found == wanted, ran.err
    assert ran.code == 1, ran.err
    assert corpus_hub.violations == []
