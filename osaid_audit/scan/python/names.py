"""What the names of a module are bound to, and how much may be asked."""

import ast
from collections.abc import Iterable

from osaid_audit.scan.python.dotted import dotted
from osaid_audit.scan.python.scopes import Binding, Scope, Spot, Survey, prior

DEEPEST = 24
_MOST_STEPS = 20_000
"""Steps of one question, and of all questions about a module: hostile code must not make them long."""
_MOST_STEPS_IN_ALL = 300_000


class Names:
    """Looks names up, and keeps count of the steps that this takes."""

    def __init__(self, found: Survey) -> None:
        self.found = found
        self._steps = 0
        self._left = _MOST_STEPS_IN_ALL

    @property
    def is_worn_out(self) -> bool:
        """Whether questions had to stay open because there were too many."""
        return self._left <= 0

    def begin(self) -> None:
        """A new question."""
        self._steps = min(_MOST_STEPS, self._left)

    def spend(self, steps: int = 1) -> bool:
        """Whether there is still time for so many steps."""
        self._steps -= steps
        self._left -= steps
        return self._steps > 0

    def origin(self, name: str, spot: Spot) -> str:
        """The package behind the first part of a dotted name; "here" when the module defines it, else ""."""
        binding = next(iter(self.bindings(name.partition(".")[0], spot)), None)
        if binding is None:
            return ""
        return binding.origin or ("here" if binding.how in {"def", "class"} else "")

    def bindings(self, name: str, spot: Spot) -> list[Binding]:
        """Of the nearest scope that binds a name; a class's names are not seen from its methods."""
        scope: Scope | None = spot.scope
        in_place = True
        while scope is not None:
            if name in scope.names and (scope.kind != "class" or scope is spot.scope):
                known = scope.names[name]
                return list(prior(known, spot)) if in_place else known
            in_place = in_place and scope.kind == "inline"
            scope = scope.parent
        return []

    def class_of(self, node: ast.expr, spot: Spot) -> Scope | None:
        """The class of this module that a name is, or is an instance of."""
        if isinstance(node, ast.Call):
            return self.found.classes.get(dotted(node.func))
        if not isinstance(node, ast.Name):
            return None
        if node.id in {"self", "cls"}:
            return spot.scope.enclosing("class")
        for binding in self.bindings(node.id, spot):
            if binding.how == "class":
                return self.found.classes.get(node.id)
            if isinstance(binding.expr, ast.Call) and (
                home := self.found.classes.get(dotted(binding.expr.func))
            ):
                return home
        return self._annotated(node.id, spot)

    def _annotated(self, name: str, spot: Spot) -> Scope | None:
        function = spot.scope.enclosing("function")
        if function is None or not isinstance(function.node, ast.FunctionDef | ast.AsyncFunctionDef):
            return None
        args = function.node.args
        for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs):
            if arg.arg == name and arg.annotation is not None:
                return self.found.classes.get(dotted(arg.annotation))
        return None

    def lineage(self, scope: Scope) -> list[Scope]:
        """A class and those it builds on, as far as this module defines them."""
        found: list[Scope] = []
        waiting = [scope]
        while waiting and len(found) < DEEPEST:
            each = waiting.pop(0)
            if each not in found:
                found.append(each)
                bases = each.node.bases if isinstance(each.node, ast.ClassDef) else []
                waiting += [home for base in bases if (home := self.found.classes.get(dotted(base)))]
        return found


def argument(call: ast.Call, at: int | None, keys: Iterable[str]) -> ast.expr | None:
    """An argument of a call, by one of its keywords or by its place."""
    wanted = list(keys)
    for keyword in call.keywords:
        if keyword.arg in wanted:
            return keyword.value
    if at is None or at < 0 or at >= len(call.args):
        return None
    if any(isinstance(each, ast.Starred) for each in call.args[: at + 1]):
        return None
    return call.args[at]
