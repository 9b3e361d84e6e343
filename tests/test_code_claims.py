"""A model is never condemned for somebody else's repository: only its publisher's own claim counts."""

import pytest
from hub.world import apache_text, nc_text
from raw_samples import SHA, card, gathered, raw, repository

from osaid_audit import evaluate as evaluation
from osaid_audit.gather import assemble
from osaid_audit.gather.raw import CodeHost, Listed
from osaid_audit.gather.reading.files.codefiles import license_files
from osaid_audit.schema.base import Outcome

NC = nc_text()
pytestmark = pytest.mark.skipif(
    "full text is not part" in NC,
    reason="../shared is not beside this checkout: no restricting license text to read",
)
RULESET = evaluation.load()
THIRD, MINE = "https://github.com/third/nc", "https://github.com/acme/train"
WHOLE = {"LICENSE": NC, "train.py": "", "inference.py": "", "model.py": ""}
FREE = {"LICENSE": apache_text(), "train.py": ""}
TEMPLATE = f"""## Model Details

### Model Description

- **Developed by:** Acme

### Model Sources [optional]

<!-- Provide the basic links for the model. -->

- **Repository:** {THIRD}
- **Demo [optional]:** no
"""
INTRO = "# Model\n\nIntro about the model of ours.\n\n"


def host(url, files):
    listing = tuple(Listed(path, 10) for path in files)
    read = {path: raw(path, files[path]) for path in license_files(listing)}
    return CodeHost(url, url, SHA, raw("tree", "{}"), listing, complete=True, files=read)


def report(body, files=None, intro=INTRO):
    subject = repository(
        card(intro + body, license="apache-2.0"),
        {"cardData": {"license": "apache-2.0"}},
        {"LICENSE": apache_text()},
    )
    hosts = {THIRD: files or WHOLE, MINE: FREE}
    found = {url: host(url, inside) for url, inside in hosts.items()}
    return evaluation.evaluate(assemble(gathered(subject, repositories=found)), RULESET)


def condemned(body, files=None, intro=INTRO):
    """Whether the code license is called not met, and the verdict with it; the two must agree."""
    judged = report(body, files, intro).framework("osaid-1.0")
    outcome = next(each.outcome for each in judged.findings if each.rule == "code-license")
    assert (judged.verdict == "does_not_conform") is (outcome is Outcome.NOT_MET)
    return outcome is Outcome.NOT_MET


SENTENCES = [
    f"Our training code follows [FooNet]({THIRD})",
    f"Our training code is at {MINE}.\n\nOur training code follows the recipe of [FooNet]({THIRD}).",
    f"Our code extends {THIRD}",
    f"Our training code requires {THIRD}",
    f"Our code uses the tokenizer from [FooNet]({THIRD})",
    f"Unlike our code, {THIRD} is closed",
    f"Their training code is available at {THIRD}",
    f"FooNet is a rival model. Its source code is available at {THIRD}.",
    f"FooNet is a rival model. The source code is available at {THIRD}.",
    f"The full training code for the baseline is published at [here]({THIRD})",
    f"The vision encoder's source code is available here: {THIRD}",
    f"We used the code to train from [FooNet]({THIRD})",
    f"Code to reproduce the baseline: {THIRD}",
    f"The source code of the dataset is available at {THIRD}",
    f"Le code source de FooNet : {THIRD}",
    f"Notre code s'appuie sur {THIRD}",
    f"The code of FooNet is available at {THIRD}.",
    f"Tokenizer code: {THIRD}",
    f"The evaluation code is available at {THIRD}",
    f"To run it, clone the repo: {THIRD} and use the code there. The code is available here: {THIRD}",
    f"| Model | Code |\n|---|---|\n| FooNet | [code]({THIRD}) |\n| Ours | [code]({MINE}) |",
    f"| | FooNet |\n|---|---|\n| Repository | {THIRD} |",
    # fifteen of our own
    f"Our code is available at [FooNet]({THIRD}).",
    f"Our code is not available at {THIRD}.",
    f"Our code will soon be available at {THIRD}.",
    f"Our code is available at {THIRD}, which is somebody else's.",
    f"Their answer was: our code is available at {THIRD}",
    f"> Our code is available at {THIRD}.",
    f"We compare with FooNet:\n\n- Paper: https://arxiv.org/abs/1\n- Code: {THIRD}",
    f"- FooNet\n  - Code: {THIRD}",
    f"FooNet is a small model of 2023.\n\nCode: {THIRD}",
    f"The baseline was trained elsewhere.\n\nThe source code is available at {THIRD}.",
    f"**FooNet**\n\nCode: {THIRD}",
    f"This is a version of LLaVA.\n\nRepository: {THIRD}",
    f"A model distilled with care.\n\nRepository: {THIRD}",
    f"<blockquote>\nOur code is available at {THIRD}.\n</blockquote>",
    f'"Our code is available at {THIRD}."',
    f"« Notre code est disponible sur {THIRD}. »",
    f"- Model: FooNet\n- Code: {THIRD}",
    f"Model: FooNet\nCode: {THIRD}",
    f"- Paper: FooNet, a rival\n- Code: {THIRD}",
    f"- Finetuned from model: foo/net\n- Repository: {THIRD}",
    f"Code: {THIRD}\n\nThat is the code of FooNet, not of this model.",
    f"[GitHub]({THIRD})",
    f"[![GitHub](https://img.shields.io/badge/x.svg)]({THIRD})",
    f"Code: {MINE} and {THIRD}",
    f"Code: {MINE}\n\nCode: {THIRD}",
    f"Based on [this work]({THIRD}).\n\nCode: {THIRD}",
    f"Code: {THIRD}/tree/main/packages/model",
    f"Code: {THIRD}/tree/model-x",
    f"Code: {THIRD}\n\nThe code of this model is in {THIRD}/tree/main/packages/model.",
    f"Le code de l'équipe d'en face est disponible sur {THIRD}",
    f"Notre code est inspiré de {THIRD}",
    f"Leur code est disponible sur {THIRD}.",
    f"Nous avons repris le code publié ici : {THIRD}",
    f"Contrairement à notre code, {THIRD} est fermé.",
    f"FooNet est un modèle concurrent.\n\nCode source : {THIRD}",
    f"Notre code sera bientôt publié sur {THIRD}.",
]
HEADINGS = [
    "Baselines",
    "Teacher model",
    "Original authors",
    "Vision encoder",
    "Tokenizer",
    "Web interface",
    "Annotation tool",
    "Related projects",
    "FooNet",
    "Dataset",
    "Base model",
    "Travaux liés",
    "Modèle de référence",
    "Encodeur visuel",
]
LABELS = [f"Code: {THIRD}", f"Repository: {THIRD}", f"GitHub: {THIRD}", f"[Code]({THIRD})"]


@pytest.mark.parametrize("body", SENTENCES)
def test_words_that_may_mean_somebody_else_s_code_condemn_nobody(body):
    assert not condemned(f"{body}\n")


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("heading", HEADINGS)
def test_a_label_under_a_heading_about_something_else_condemns_nobody(heading, label):
    assert not condemned(f"## {heading}\n\n- {label}\n")
    assert not condemned(f"- {label}\n", intro=f"# {heading}\n\n")
    assert not condemned(f"# {heading}\n\n- {label}\n")


@pytest.mark.parametrize(
    "body",
    [
        f"Code: {THIRD}",
        f"[Code]({THIRD})",
        f"- **Repository:** {THIRD}",
        f"GitHub: [third/nc]({THIRD})",
        f"Training code: [here]({THIRD}.git)",
        f"Our training code is available at {THIRD}.",
        f"The source code is released on GitHub: {THIRD}",
        f"Our code is published [here]({THIRD}).",
        f"The model code is available here: {THIRD}",
        f"We release our training code at {THIRD}.",
        f"Code to train this model: {THIRD}",
        f"📄 [Paper](https://arxiv.org/abs/1) | 💻 [Code]({THIRD}) | 🤗 [Model](https://hf.co/a/b)",
        f"- Paper: https://arxiv.org/abs/1\n- Code: {THIRD}",
        TEMPLATE,
        f"## Training code\n\n[third/nc]({THIRD})",
        f"## Code\n\nOur code is available at {THIRD}.",
        f"Notre code est disponible sur {THIRD}.",
        f"Le code d'entraînement est publié sur GitHub : {THIRD}",
        f"Code source : {THIRD}",
        f"## Sources du modèle\n\n- Dépôt : {THIRD}",
        f"Nous publions notre code ici : {THIRD}",
    ],
)
def test_the_publisher_s_own_claim_counts(body):
    assert condemned(f"{body}\n")
    assert not condemned(f"{body}\n".replace(THIRD, MINE))


@pytest.mark.parametrize(
    "files",
    [
        {"packages/modelx/train.py": "", "packages/modelx/LICENSE": apache_text()},
        {"train.py": "", "third_party/x/COPYING": "Terms."},
        {"train.py": "", "docs/LICENSE-data.md": "Terms."},
        {"demo.py": ""},
        {"inference.py": "", "evaluate.py": ""},
        {"examples/train.py": ""},
        {"web/app.py": "", "inference/demo.py": "", "model.py": ""},
    ],
)
def test_a_restriction_of_more_or_of_less_than_the_code_condemns_nobody(files):
    assert not condemned(f"Code: {THIRD}\n", {"LICENSE": NC, **files})
    assert condemned(f"Code: {THIRD}\n", {"LICENSE": NC, "train.py": ""})
    assert condemned(f"Code: {THIRD}\n", {"LICENSE": NC, "inference.py": "", "model.py": ""})


def test_a_leaderboard_or_a_demo_by_its_name_condemns_nobody():
    from osaid_audit.gather.reading.files.codefiles import is_of_a_model

    listing = (Listed("train.py", 1),)
    assert is_of_a_model(THIRD, listing)
    assert not any(
        is_of_a_model(f"https://github.com/acme/{name}", listing)
        for name in ("leaderboard", "acme-bench", "x-demo", "dataset", "x_eval", "acme.docs")
    )


@pytest.mark.parametrize("body", SENTENCES[:6])
def test_what_is_found_in_a_repository_that_is_only_linked_is_still_found(body):
    fact = report(f"{body}\n").facts["code.training_found"]
    assert fact.basis == "stated"


def test_a_report_shows_the_standing_of_each_repository_mentions_last():
    other = "https://github.com/a/b"
    body = f"Code: {MINE}\n\nIt is small.\n\nOur code extends {THIRD}.\n\nSee [this]({other}) as well.\n"
    shown = [(each.url, each.standing) for each in report(body).code]
    assert shown == [(MINE, "own"), (THIRD, "linked"), (other, "mentioned")]
