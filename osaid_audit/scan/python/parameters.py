"""What a parameter is given: by the calls of its module, by the cases that a test is tried with."""

import ast
from collections.abc import Iterator
from itertools import islice

from osaid_audit.scan.python.containers import Containers
from osaid_audit.scan.python.dotted import dotted
from osaid_audit.scan.python.names import Names, argument
from osaid_audit.scan.python.scopes import Binding, Function, Placed, Spot
from osaid_audit.scan.python.texts import MOST


class Given:
    """Looks for what is given to the parameters of a module's functions."""

    def __init__(self, names: Names, held: Containers) -> None:
        self._names, self._held = names, held

    def by_cases(self, binding: Binding, name: str, depth: int) -> Iterator[Placed]:
        """What a test is tried with: `@pytest.mark.parametrize("model", [...])`, on its class too."""
        function, inner = self._names.found.parameters[id(binding)]
        if isinstance(function, ast.Lambda):
            return
        owner = inner.parent.node if inner.parent is not None else None
        around = owner.decorator_list if isinstance(owner, ast.ClassDef) else []
        places = _positional(function)
        at = places.index(name) if name in places else 0
        for decorator in (*function.decorator_list, *around):
            if not isinstance(decorator, ast.Call) or not decorator.args:
                continue
            last = dotted(decorator.func).rpartition(".")[2]
            if last == "parametrize" and len(decorator.args) > 1:
                yield from self._tries(decorator, name, binding.spot, depth)
            elif last in {"expand", "parameterized"}:
                for each in self._held.elements(decorator.args[0], binding.spot, depth):
                    yield from _column(each, at - isinstance(owner, ast.ClassDef))

    def _tries(self, decorator: ast.Call, name: str, spot: Spot, depth: int) -> Iterator[Placed]:
        names = _tried_names(decorator.args[0])
        if name not in names:
            return
        for each in self._held.elements(decorator.args[1], spot, depth):
            case = each.node
            if isinstance(case, ast.Call) and dotted(case.func).rpartition(".")[2] == "param":
                yield from _column(Placed(ast.Tuple(case.args, ast.Load()), each.spot), names.index(name))
            elif len(names) == 1 and not isinstance(case, ast.Tuple | ast.List):
                yield each
            else:
                yield from _column(each, names.index(name))

    def by_calls(self, binding: Binding, name: str) -> Iterator[Placed]:
        """What the calls of a function inside its module give a parameter."""
        function, inner = self._names.found.parameters[id(binding)]
        owner = inner.parent.node if inner.parent is not None else None
        places = _positional(function)
        if isinstance(function, ast.Lambda):
            called, shift = self._names.found.lambdas.get(id(function), ""), False
        else:
            called, shift = _as_called(function, owner)
        at = places.index(name) - shift if name in places else None
        for call, spot in islice(self._names.found.called.get(called, ()), MOST):
            given = argument(call, at, (name,))
            if given is not None and self._names.spend():
                yield Placed(given, spot)

    @staticmethod
    def of_fixture(spot: Spot) -> ast.expr | None:
        """What `request.param` is tried with inside `@pytest.fixture(params=[...])`."""
        home = spot.scope.enclosing("function")
        function = home.node if home is not None else None
        for decorator in getattr(function, "decorator_list", ()):
            given = argument(decorator, None, ("params",)) if isinstance(decorator, ast.Call) else None
            if given is not None:
                return given
        return None


def _positional(function: Function) -> list[str]:
    """The names of the parameters that a place decides."""
    return [arg.arg for arg in (*function.args.posonlyargs, *function.args.args)]


def _as_called(function: ast.FunctionDef | ast.AsyncFunctionDef, owner: ast.AST | None) -> tuple[str, bool]:
    """The name that a function is called by, and whether its first parameter is given by nobody (`self`)."""
    if not isinstance(owner, ast.ClassDef):
        return function.name, False
    static = any(dotted(each) == "staticmethod" for each in function.decorator_list)
    return owner.name if function.name == "__init__" else function.name, not static


def _column(case: Placed, at: int) -> Iterator[Placed]:
    """One value of a case with several."""
    if isinstance(case.node, ast.Tuple | ast.List) and 0 <= at < len(case.node.elts):
        yield Placed(case.node.elts[at], case.spot)


def _tried_names(node: ast.expr) -> list[str]:
    """The names in `parametrize("a, b", ...)` and `parametrize(["a", "b"], ...)`."""
    parts = node.elts if isinstance(node, ast.Tuple | ast.List) else [node]
    said = [each.value for each in parts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return [name.strip() for each in said for name in each.split(",")]
