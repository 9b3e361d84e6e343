"""Many models that share bases, datasets and license texts, as those of one company or one maker do."""

from hub.repos import Repo, Weights
from hub.world import apache_text, card, mit_text

BASES, SETS = 5, 10
_ABOUT = """# Model {number}

A language model for experiments, fine-tuned by its makers from the base named above.

## Intended use

Answering questions about experiment {number}, and writing summaries of reports for colleagues.

## Training data

We trained on {first} and {second}. Duplicates were removed, and pages that held personal data were left out.
The mixture was chosen by training small models on parts of it, and keeping what helped on held-out questions.

## Training procedure

Trained for {number} hours on eight accelerators with a batch size of 512 and a learning rate of 2e-5. The
training code is not part of this repository; the settings are in `config.json`.

## Evaluation

| benchmark | score |
|---|---|
| reading | {number}.1 |
| reasoning | {number}.2 |

## Limitations

The model repeats what its data holds, wrong things too. Do not let it decide about people.
"""


def base_id(number: int) -> str:
    return f"maker/base-{number % BASES}"


def dataset_id(number: int) -> str:
    return f"maker/corpus-{number % SETS}"


def model_id(number: int) -> str:
    return f"team/model-{number:04}"


def batch(models: int) -> list[Repo]:
    """`models` fine-tunes of BASES bases on SETS datasets; every one has a card, a license and a config."""
    return [*map(_model, range(models)), *map(_base, range(BASES)), *map(_dataset, range(SETS))]


def _model(number: int) -> Repo:
    first, second = dataset_id(number), dataset_id(number + 1)
    front = f"license: apache-2.0\nbase_model: {base_id(number)}\ndatasets:\n- {first}\n- {second}"
    files = {
        "README.md": card(front, _ABOUT.format(number=number, first=first, second=second)),
        "LICENSE": apache_text(),
        "config.json": '{"model_type": "llama", "architectures": ["LlamaForCausalLM"]}',
    }
    return Repo(model_id(number), files=files, weights=(Weights("model.safetensors", 10**9 + number),))


def _base(number: int) -> Repo:
    files = {
        "README.md": card("license: mit", f"# Base {number}\n\nA base model, trained from scratch.\n"),
        "LICENSE": mit_text(),
    }
    return Repo(base_id(number), files=files, weights=(Weights("model.safetensors", 10**10 + number),))


def _dataset(number: int) -> Repo:
    body = f"# Corpus {number}\n\nPages of the web under open licenses.\n"
    return Repo(dataset_id(number), kind="datasets", files={"README.md": card("license: cc-by-4.0", body)})
