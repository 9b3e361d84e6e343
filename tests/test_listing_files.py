"""What a file list says, and what it leaves open."""

import pytest

from osaid_audit.gather.raw import Listed
from osaid_audit.gather.reading.files.formats import weight_format
from osaid_audit.gather.reading.files.listing import code_files, components, is_adapter_only, weights_of
from osaid_audit.gather.reading.files.plan import listing_of, wanted_files
from osaid_audit.gather.reading.files.termsfiles import terms_role, unread_terms


def listed(*paths: str, size: int | None = 1000) -> tuple[Listed, ...]:
    return tuple(Listed(path, size) for path in paths)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("model-00001-of-00002.safetensors", "safetensors"),
        ("pytorch_model.bin", "pytorch"),
        ("original/consolidated.00.pth", "pytorch"),
        ("m.Q4_K_M.gguf", "gguf"),
        ("big.gguf.part1of2", "gguf"),
        ("onnx/model.onnx_data", "onnx"),
        ("tf_model.h5", "hdf5"),
        ("flax_model.msgpack", "flax"),
        ("x.mlpackage/Data/com.apple.CoreML/weights/weight.bin", "coreml"),
        ("rust_model.ot", "rust"),
        ("a.nemo", "nemo"),
        ("saved/variables/variables.data-00000-of-00001", "tensorflow"),
        ("unet/diffusion_pytorch_model.safetensors", "safetensors"),
        ("model.llamafile", "llamafile"),
    ],
)
def test_weight_formats_are_known_by_name(path, kind):
    assert weight_format(path) == kind


@pytest.mark.parametrize(
    "path",
    ["tokenizer.model", "training_args.bin", "optimizer.pt", "rng_state_0.pth", "scheduler.pt", "README.md",
     "config.json", "imatrix.dat", "m.imatrix", "vocab.txt", "safetensors", "notes.gguf.md"],
)  # fmt: skip
def test_what_lies_beside_weights_is_none(path):
    assert weight_format(path) is None


def test_an_empty_weight_file_is_no_weights():
    assert weights_of(listed("model.safetensors", size=0)).by_format == ()


def test_large_or_unnamed_files_leave_a_doubt():
    assert weights_of(listed("blob.xyz", size=20_000_000)).doubtful
    assert weights_of(listed("blob.xyz", size=None)).doubtful
    assert weights_of(listed("weights", size=None)).doubtful
    assert weights_of(listed("blob.xyz", size=1000)).doubtful
    assert not weights_of(listed("README.md", "LICENSE", ".gitattributes", "config.json", size=None)).doubtful


def test_an_adapter_needs_its_base_and_a_merged_model_does_not():
    assert is_adapter_only(listed("adapter_config.json", "adapter_model.safetensors"))
    assert not is_adapter_only(listed("adapter_config.json", "adapter_model.bin", "model.safetensors"))
    assert not is_adapter_only(listed("model.safetensors"))


def test_code_counts_by_whole_names():
    assert dict(code_files(listed("scripts/train.py"))).keys() == {"code.training_found"}
    modeling = dict(code_files(listed("modeling_m.py", "configuration_m.py")))
    assert modeling.keys() == {"code.inference_found", "code.architecture_found"}
    assert dict(code_files(listed("build.py", "clean.sh", "training/loop.py", "requirements.txt"))) == {}
    assert dict(code_files(listed("regenerated.txt", "trainer_state.json", "training_args.bin"))) == {}


def test_components_have_weights_and_a_license_of_their_own():
    assert components(
        listed("vae/LICENSE", "vae/model.safetensors", "unet/model.safetensors", "LICENSE")
    ) == ("vae",)
    assert components(listed("docs/LICENSE", "model.safetensors")) == ()


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("LICENSE", "license"), ("LICENCE.md", "license"), ("COPYING", "license"),
        ("MODEL_LICENSE", "license"),
        ("LICENSE-APACHE", "license"), ("LICENSE.pdf", "license"), ("vae/LICENSE.txt", "license"),
        ("USE_POLICY.md", "policy"), ("ACCEPTABLE_USE_POLICY.txt", "policy"),
        ("Prohibited_Use_Policy.md", "policy"),
        ("NOTICE", "notice"), ("Third_Party_Notices.txt", "notice"),
        ("license_plate.txt", None), ("license.py", None), ("a/b/LICENSE", "license"),
        ("causal_policy.pt", None),
        ("README.md", None), ("notice_board.csv", None),
    ],
)  # fmt: skip
def test_terms_files_are_known_by_name(path, role):
    assert terms_role(path) == role


def test_terms_and_three_small_configs_are_wanted_and_no_weights():
    configs = ("config.json", "model_index.json", "adapter_config.json", "generation_config.json")
    rows = listed("LICENSE", *configs, "model.safetensors", "tokenizer.json")
    assert wanted_files(rows, "models") == (
        "LICENSE",
        "config.json",
        "adapter_config.json",
        "model_index.json",
    )
    assert wanted_files(rows, "datasets") == ("LICENSE",)


def test_what_is_left_unread_is_told():
    rows = (
        Listed("LICENSE.pdf", 10),
        Listed("LICENSE.txt", 400_000),
        *listed(*(f"LICENSE-{n:02}" for n in range(20))),
    )
    assert len(wanted_files(rows, "models")) == 16
    told = {file.path: why for file, why in unread_terms(rows)}
    assert told["LICENSE.pdf"] == "unsupported"
    assert told["LICENSE.txt"] == "too_large"
    assert len(told) == 2 + 4


@pytest.mark.parametrize(
    ("siblings", "paths", "complete"),
    [
        ([{"rfilename": "b", "size": 3}, {"rfilename": "a"}], ["a", "b"], True),
        ([{"rfilename": "a"}, {"path": 3}], ["a"], False),
        ([{"rfilename": "../a"}], [], False),
        ([{"rfilename": "a"}, {"rfilename": "b" * 4097}], ["a"], False),
        ([{"rfilename": "b" * 4096}], ["b" * 4096], True),
        (None, [], False),
        ("x", [], False),
        ([], [], True),
    ],
)
def test_a_listing_is_complete_only_when_every_row_is_read(siblings, paths, complete):
    found, whole = listing_of({"siblings": siblings})
    assert ([file.path for file in found], whole) == (paths, complete)
