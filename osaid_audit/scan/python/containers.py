"""What lists and dictionaries of a module hold."""

import ast
from collections.abc import Callable, Iterator
from itertools import islice

from osaid_audit.scan.python.dotted import dotted
from osaid_audit.scan.python.names import Names
from osaid_audit.scan.python.scopes import Binding, Placed, Spot
from osaid_audit.scan.python.texts import MOST, Texts

_SAME = frozenset({"list", "tuple", "set", "sorted", "reversed", "tqdm", "frozenset", "iter", "cycle"})


class Containers:
    """Looks into lists and dictionaries, behind names too; `texts` tells which texts a key can be."""

    def __init__(self, names: Names, texts: Callable[[ast.expr, Spot, int], Texts]) -> None:
        self._names, self._texts = names, texts

    def elements(self, node: ast.expr, spot: Spot, depth: int, *, values: bool = False) -> Iterator[Placed]:
        """The elements of a list; the keys of a dictionary, or its `values`."""
        if depth <= 0 or not self._names.spend():
            return
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            for each in node.elts:
                if isinstance(each, ast.Starred):
                    yield from self.elements(each.value, spot, depth - 1)
                else:
                    yield Placed(each, spot)
        elif isinstance(node, ast.Dict):
            yield from (
                Placed(each, spot) for each in (node.values if values else node.keys) if each is not None
            )
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            yield from self.elements(node.left, spot, depth - 1, values=values)
            yield from self.elements(node.right, spot, depth - 1, values=values)
        elif isinstance(node, ast.Call):
            yield from self._elements_of_call(node, spot, depth - 1, values=values)
        else:
            for place in self.behind(node, spot, depth - 1):
                yield from self.elements(place.node, place.spot, depth - 2, values=values)

    def _elements_of_call(self, node: ast.Call, spot: Spot, depth: int, *, values: bool) -> Iterator[Placed]:
        name = dotted(node.func).rpartition(".")[2]
        if isinstance(node.func, ast.Attribute) and name in {"values", "keys", "copy"}:
            yield from self.elements(node.func.value, spot, depth, values=name == "values")
        elif name == "dict":
            yield from (Placed(keyword.value, spot) for keyword in node.keywords if values)
        elif name in _SAME and node.args:
            yield from self.elements(node.args[0], spot, depth, values=values)

    def columns(self, node: ast.expr, spot: Spot, at: int, depth: int) -> Iterator[Placed]:
        """What the `at`-th of several loop variables takes: of `.items()`, `enumerate`, `zip`, tuples."""
        if isinstance(node, ast.Call):
            name = dotted(node.func).rpartition(".")[2]
            if name == "items" and isinstance(node.func, ast.Attribute):
                yield from self.elements(node.func.value, spot, depth, values=at == 1)
                return
            if name == "enumerate" and node.args and at == 1:
                yield from self.elements(node.args[0], spot, depth)
                return
            if name == "zip" and at < len(node.args):
                yield from self.elements(node.args[at], spot, depth)
                return
        for each in self.elements(node, spot, depth):
            if isinstance(each.node, ast.Tuple | ast.List) and at < len(each.node.elts):
                yield Placed(each.node.elts[at], each.spot)

    def entries(self, node: ast.expr, spot: Spot, wanted: set[str], depth: int) -> Iterator[Placed]:
        """What a dictionary (or list) holds under one of the keys, also when it was put there later."""
        if depth <= 0 or not self._names.spend():
            return
        items = self._names.found.items.get(dotted(node), ())
        self._names.spend(len(items))
        for key, binding in items:
            if (
                isinstance(key, ast.Constant)
                and str(key.value) in wanted
                and binding.expr
                and binding.pick is None
            ):
                yield Placed(binding.expr, binding.spot)
        if isinstance(node, ast.Dict):
            self._names.spend(len(node.keys))
            for name, value in zip(node.keys, node.values, strict=True):
                if isinstance(name, ast.Constant) and str(name.value) in wanted:
                    yield Placed(value, spot)
        elif isinstance(node, ast.List | ast.Tuple):
            yield from (Placed(each, spot) for at, each in enumerate(node.elts) if str(at) in wanted)
        elif isinstance(node, ast.Call) and dotted(node.func) == "dict":
            yield from (Placed(keyword.value, spot) for keyword in node.keywords if keyword.arg in wanted)
        else:
            for each in self.behind(node, spot, depth - 1):
                yield from self.entries(each.node, each.spot, wanted, depth - 2)

    def behind(self, node: ast.expr, spot: Spot, depth: int) -> Iterator[Placed]:
        """The expressions that a name, an attribute or an entry stands for."""
        if depth <= 0:
            return
        if isinstance(node, ast.Name):
            for binding in self._names.bindings(node.id, spot):
                if binding.expr is not None and binding.expr is not node:
                    yield from self._behind_binding(binding, depth)
        elif isinstance(node, ast.Attribute):
            home = self._names.class_of(node.value, spot)
            for scope in self._names.lineage(home) if home else ():
                for binding in scope.names.get(node.attr, ()):
                    if binding.expr is not None and binding.pick is None:
                        yield Placed(binding.expr, binding.spot)
        elif isinstance(node, ast.Subscript):
            keys = {value.text for value in self._texts(node.slice, spot, depth - 1).values}
            exact = list(self.entries(node.value, spot, keys, depth - 1))
            yield from exact or islice(self.elements(node.value, spot, depth - 1, values=True), MOST)

    def _behind_binding(self, binding: Binding, depth: int) -> Iterator[Placed]:
        assert binding.expr is not None  # noqa: S101 - the caller asked
        if binding.pick is None:
            yield Placed(binding.expr, binding.spot)
        elif binding.pick == "element":
            yield from islice(self.elements(binding.expr, binding.spot, depth - 1), MOST)
        elif isinstance(binding.pick, int):
            yield from islice(self.columns(binding.expr, binding.spot, binding.pick, depth - 1), MOST)
