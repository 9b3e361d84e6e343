"""Conditions through the one port to CEL: unknown stays unknown, in both engines."""

import pytest

from osaid_audit.errors import InternalError
from osaid_audit.evaluate import cel

ENGINES = ("cel-expr-python", "cel-python")
KNOWN = {
    "license.class": "osi",
    "license.read_all": True,
    "weights.present": False,
    "weights.formats": ("gguf", "safetensors"),
    "weights.parameters": 7,
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("condition", "facts", "answer"),
    [
        ("license.class == 'osi'", KNOWN, True),
        ("license.class == 'osi'", {}, None),
        ("license.class != 'osi'", {}, None),
        ("license.class in ['osi', 'none']", KNOWN, True),
        ("!license.read_all", {}, None),
        ("!weights.present", KNOWN, True),
        ("license.read_all && weights.external", KNOWN, None),
        ("weights.present && weights.external", KNOWN, False),
        ("weights.external && weights.present", KNOWN, False),
        ("license.read_all || weights.external", KNOWN, True),
        ("weights.external || license.read_all", KNOWN, True),
        ("weights.present || weights.external", KNOWN, None),
        ("weights.parameters > 6", KNOWN, True),
        ("weights.parameters > -1", {}, None),
        ("'gguf' in weights.formats", KNOWN, True),
        ("weights.formats.exists(f, f == 'onnx')", KNOWN, False),
        ("weights.formats.exists(f, f == 'onnx')", {}, None),
        ("weights.formats.all(f, f.size() > 3)", {"weights.formats": ()}, True),
        ('size(weights.formats) == 2 && license.class == "osi"', KNOWN, True),
        ("weights.formats.exists(f, f.matches('(s+)+$'))", {"weights.formats": ("s" * 60 + "x",)}, False),
    ],
)
def test_three_valued(engine, condition, facts, answer):
    assert cel.evaluate(cel.compile(condition, engine), facts) is answer


@pytest.mark.parametrize("engine", ENGINES)
def test_class_is_a_name_like_any_other(engine):
    """`class` is reserved in many languages that CEL expressions are embedded in, not in CEL."""
    leaf = cel.compile("license.class == 'osi' && code.license_class == 'osi'", engine)
    assert leaf.names == ("license.class", "code.license_class")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("condition", "column"),
    [
        ("license.clas == 'osi'", 1),
        ("license.read_all && license.class == 'open'", 38),
        ("license.read_all && 'open' == license.class", 21),
        ("license.class in ['osi', weights.formats]", 26),
        ("license.class in []", 1),
        ("license.class == access.gated", 1),
        ("license.class > 'osi'", 1),
        ("weights.formats.exists(true, license.read_all)", 24),
        ("weights.formats.exists(f.g, license.read_all)", 1),
        ("weights.present ? license.read_all : weights.gone", 38),
        ("weights.parameters - 1 > 2", 20),
        ("-weights.parameters > 2", 1),
        ("license.read_all == r'x'", 21),
        ("weights.present # no", 17),
        ("'a' + 'b' in weights.formats", 5),
    ],
)
def test_what_a_condition_may_not_say_is_placed(engine, condition, column):
    with pytest.raises(cel.ConditionError) as caught:
        cel.compile(condition, engine)
    assert (caught.value.line, caught.value.column) == (1, column)


def test_types_are_checked_before_anything_runs():
    with pytest.raises(cel.ConditionError, match="found no matching overload"):
        cel.compile("weights.parameters == 'many'", "cel-expr-python")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "condition", ["(" * 249 + "weights.present" + ")" * 249, "!" * 480 + "weights.present"]
)
def test_deep_conditions_end_without_a_traceback(engine, condition):
    try:
        answer = cel.evaluate(cel.compile(condition, engine), {"weights.present": True})
    except (cel.ConditionError, cel.EvaluationError):
        answer = True
    assert answer is True


@pytest.mark.parametrize("value", [None, "yes", 1, ["a"]])
def test_a_value_of_a_wrong_type_is_refused_not_made_unknown(value):
    with pytest.raises(InternalError):
        cel.evaluate(cel.compile("weights.present"), {"weights.present": value})


def test_a_number_that_no_engine_holds_is_refused():
    with pytest.raises(cel.EvaluationError):
        cel.evaluate(cel.compile("weights.parameters > 1"), {"weights.parameters": 2**63})


def test_a_condition_over_its_budget_fails_and_gives_no_answer():
    formats = tuple(f"f{number}" for number in range(20_000))
    with pytest.raises(cel.EvaluationError):
        cel.evaluate(
            cel.compile("weights.formats.all(f, f != 'x')", "cel-expr-python"), {"weights.formats": formats}
        )


def test_the_other_engine_stands_in(monkeypatch):
    monkeypatch.setattr(cel, "find_spec", lambda name: None if name == "cel_expr_python" else name)
    assert cel.default_engine() == "cel-python"
    monkeypatch.setattr(cel, "find_spec", lambda _: None)
    with pytest.raises(InternalError):
        cel.default_engine()
