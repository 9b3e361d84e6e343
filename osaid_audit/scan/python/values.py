"""Which texts an expression can be: constants, defaults, what is put together of them. Nothing is run."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, product
from typing import NamedTuple

from osaid_audit.scan.python.survey import Binding, Placed, Scope, Spot, Survey, dotted, prior

_MOST = 64
"""Texts of one expression."""
_DEEPEST = 24
_MOST_STEPS = 4_000
"""Steps of one question: hostile code must not make it long."""
_LONGEST = 2_000
_FIELD = re.compile(r"\{(\w*)\}|%(?:\((\w+)\))?[sd]")
_CUTTING = frozenset({"strip", "lstrip", "rstrip", "str", "expanduser", "cast", "deepcopy", "copy"})
_WRAPPING = frozenset(
    {"Option", "Argument", "Field", "field", "Parameter", "ib", "attrib", "PrivateAttr", "Input"}
)
_DEFAULTING = frozenset({"get", "getenv", "pop", "setdefault", "getattr", "str", "config", "env"})
_PATHS = frozenset(
    {"join", "Path", "PurePath", "joinpath", "abspath", "resolve", "realpath", "dirname", "mkdtemp"}
)
_SAME = frozenset(
    {"list", "tuple", "set", "sorted", "reversed", "tqdm", "frozenset", "iter", "shuffle", "cycle"}
)


class Value(NamedTuple):
    """A text, the literal that holds it, and how it was come by; `beside`: in another file of the folder."""

    text: str
    node: ast.expr
    how: str = ""
    beside: str | None = None
    number: bool = False


class Texts(NamedTuple):
    """What an expression can be. `open`: something else too, that is only known when the program runs."""

    values: tuple[Value, ...] = ()
    open: bool = False


class Resolver:
    """Answers questions about one module. `beside` answers those about a module in the same folder."""

    def __init__(self, found: Survey, beside: "Callable[[str], Resolver | None] | None" = None) -> None:
        self.found = found
        self.options: dict[str, list[Binding]] = {}
        self._beside = beside
        self._steps = 0
        self._asked: set[tuple[int, int]] = set()

    def texts(self, node: ast.expr, spot: Spot) -> Texts:
        """Which texts an expression can be."""
        self._steps = 0
        self._asked.clear()
        return self._texts(node, spot, _DEEPEST)

    def members(self, node: ast.expr, spot: Spot) -> list[Texts]:
        """Which texts the elements of a list, or the values of a dictionary, can be."""
        self._steps = 0
        self._asked.clear()
        return [
            self._texts(each.node, each.spot, _DEEPEST)
            for each in self._elements(node, spot, _DEEPEST, values=True)
        ]

    def entry(self, node: ast.expr, spot: Spot, key: str) -> Placed | None:
        """What a dictionary holds under a key."""
        self._steps = 0
        self._asked.clear()
        return next(iter(self._entries(node, spot, {key}, _DEEPEST)), None)

    def origin(self, name: str, spot: Spot) -> str:
        """The package behind the first part of a dotted name; "here" when the module defines it, else ""."""
        binding = next(iter(self._bindings(name.partition(".")[0], spot)), None)
        if binding is None:
            return ""
        return binding.origin or ("here" if binding.how in {"def", "class"} else "")

    # Texts.

    def _texts(self, node: ast.expr, spot: Spot, depth: int) -> Texts:
        self._steps += 1
        if depth <= 0 or self._steps > _MOST_STEPS:
            return Texts(open=True)
        answer = _ANSWERS.get(type(node))
        return answer(self, node, spot, depth - 1) if answer else Texts(open=True)

    def _constant(self, node: ast.Constant, spot: Spot, depth: int) -> Texts:
        if isinstance(node.value, str):
            return Texts((Value(node.value, node),))
        is_number = isinstance(node.value, int | float) and not isinstance(node.value, bool)
        if is_number and not (isinstance(node.value, int) and abs(node.value) > 10**9):
            return Texts((Value(str(node.value), node, number=True),))
        return Texts()

    def _joined(self, node: ast.JoinedStr, spot: Spot, depth: int) -> Texts:
        parts = []
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                plain = part.format_spec is None and part.conversion in {-1, ord("s")}
                parts.append(self._texts(part.value, spot, depth) if plain else Texts(open=True))
            else:
                parts.append(self._texts(part, spot, depth))
        return _put_together(node, parts, "".join)

    def _binary(self, node: ast.BinOp, spot: Spot, depth: int) -> Texts:
        if isinstance(node.op, ast.Add):
            sides = [self._texts(node.left, spot, depth), self._texts(node.right, spot, depth)]
            return _put_together(node, sides, "".join)
        if isinstance(node.op, ast.Mod):
            if isinstance(node.right, ast.Tuple):
                return self._filled(node, node.left, node.right.elts, [], spot, depth)
            if isinstance(node.right, ast.Dict):
                named = [
                    (key.value, value)
                    for key, value in zip(node.right.keys, node.right.values, strict=True)
                    if isinstance(key, ast.Constant) and isinstance(key.value, str)
                ]
                return self._filled(node, node.left, [], named, spot, depth)
            return self._filled(node, node.left, [node.right], [], spot, depth)
        return Texts(open=not isinstance(node.op, ast.Div))

    def _filled(
        self,
        node: ast.expr,
        pattern: ast.expr,
        plain: list[ast.expr],
        named: list[tuple[str, ast.expr]],
        spot: Spot,
        depth: int,
    ) -> Texts:
        """`"{}/{}".format(a, b)` and `"%s/%s" % (a, b)`."""
        names = [str(at) for at in range(len(plain))] + [name for name, _ in named]
        patterns = self._texts(pattern, spot, depth)
        given = [self._texts(each, spot, depth) for each in [*plain, *(value for _, value in named)]]
        if not patterns.values:
            return Texts(open=patterns.open)
        fill = Texts((Value("", node),)) if not given else None
        parts = [patterns, *given] if fill is None else [patterns, fill]
        return _put_together(
            node, parts, lambda texts: _fill(texts[0], dict(zip(names, texts[1:], strict=False)))
        )

    def _either(self, node: ast.BoolOp | ast.IfExp, spot: Spot, depth: int) -> Texts:
        sides = node.values if isinstance(node, ast.BoolOp) else [node.body, node.orelse]
        how = "default" if isinstance(node, ast.BoolOp) else "choice"
        found = _union(self._texts(side, spot, depth) for side in sides)
        return Texts(tuple(value._replace(how=value.how or how) for value in found.values), found.open)

    def _named(self, node: ast.NamedExpr | ast.Await, spot: Spot, depth: int) -> Texts:
        return self._texts(node.value, spot, depth)

    def _name(self, node: ast.Name, spot: Spot, depth: int) -> Texts:
        bindings = self._bindings(node.id, spot)
        if not bindings:
            return Texts(open=True)
        return _union(self._bound(binding, node.id, depth) for binding in bindings)

    def _bound(self, binding: Binding, name: str, depth: int) -> Texts:
        """What a name is given at one place; asked a second time within a question, nothing new."""
        key = (id(binding.expr) if binding.expr else id(binding.spot), binding.spot.order)
        if binding.origin is not None:
            return self._from_beside(binding.origin, depth)
        if binding.how in {"parameter", "default"}:
            return self._parameter(binding, name, key, depth)
        if binding.expr is None or key in self._asked:
            return Texts(open=binding.expr is None and binding.how != "class")
        self._asked.add(key)
        try:
            found = self._picked(binding, depth)
        finally:
            self._asked.discard(key)
        return _came_by(found, binding.how)

    def _picked(self, binding: Binding, depth: int) -> Texts:
        assert binding.expr is not None  # noqa: S101 - the caller asked
        if binding.pick is None:
            return self._texts(binding.expr, binding.spot, depth)
        if binding.pick == "element":
            return self._union_of(self._elements(binding.expr, binding.spot, depth), depth)
        if isinstance(binding.pick, int):
            return self._union_of(self._columns(binding.expr, binding.spot, binding.pick, depth), depth)
        return Texts(open=True)

    def _union_of(self, places: Iterable[Placed], depth: int) -> Texts:
        known = list(islice(places, _MOST))
        return (
            _union(self._texts(each.node, each.spot, depth) for each in known) if known else Texts(open=True)
        )

    def _parameter(self, binding: Binding, name: str, key: tuple[int, int], depth: int) -> Texts:
        """A parameter: its default, and what the module's own calls give it."""
        if (key[0], -1) in self._asked:
            return Texts(open=True)
        self._asked.add((key[0], -1))
        found = [Texts(open=True)]
        if binding.expr is not None:
            found.append(_came_by(self._texts(binding.expr, binding.spot, depth), "default"))
        for given in self._arguments(binding, name):
            found.append(_came_by(self._texts(given.node, given.spot, depth), "argument"))
        for option in self.options.get(name, ()):
            if option.expr is not None:
                found.append(_came_by(self._texts(option.expr, option.spot, depth), "option"))
        self._asked.discard((key[0], -1))
        return _union(found)

    def _arguments(self, binding: Binding, name: str) -> Iterator[Placed]:
        """What the calls of a function inside its module give a parameter."""
        for function, args, shift, names in self._owners(binding, name):
            place = [arg.arg for arg in (*args.posonlyargs, *args.args)]
            at = place.index(name) - shift if name in place else None
            for call_name in names:
                for call, spot in islice(self.found.called.get(call_name, ()), _MOST):
                    given = argument(call, at, (name,))
                    if given is not None and call is not function:
                        yield Placed(given, spot)

    def _owners(
        self, binding: Binding, name: str
    ) -> Iterator[tuple[ast.AST, ast.arguments, int, tuple[str, ...]]]:
        for functions in self.found.functions.values():
            for function, inner in functions:
                if binding not in inner.names.get(name, ()) or isinstance(function, ast.Lambda):
                    continue
                in_class = inner.parent is not None and inner.parent.kind == "class"
                bound = in_class and not any(
                    dotted(each) == "staticmethod" for each in function.decorator_list
                )
                names = (function.name,)
                if in_class and function.name == "__init__" and inner.parent is not None:
                    owner = inner.parent.node
                    names = (owner.name,) if isinstance(owner, ast.ClassDef) else names
                yield function, function.args, int(bound), names

    def _attribute(self, node: ast.Attribute, spot: Spot, depth: int) -> Texts:
        if node.attr == "value" and isinstance(node.value, ast.Attribute | ast.Name):
            inner = self._texts(node.value, spot, depth)
            if inner.values:
                return inner
        owner = dotted(node.value)
        known = list(self.found.attributes.get((owner, node.attr), ()))
        home = self._class_of(node.value, spot, depth)
        scopes = self._lineage(home) if home is not None else []
        for scope in scopes:
            known += scope.names.get(node.attr, [])
        found = [self._bound(binding, node.attr, depth) for binding in known]
        found += [self._texts(each.node, each.spot, depth) for each in self._given(node, spot, scopes)]
        if not found:
            found = [self._imported_attribute(owner, node.attr, spot, depth)]
        return _union(found)

    def _imported_attribute(self, owner: str, name: str, spot: Spot, depth: int) -> Texts:
        """`config.MODEL` of a module beside, or an option or field of this name (`args.model`)."""
        binding = next(iter(self._bindings(owner, spot)), None)
        if binding is not None and binding.origin is not None:
            return self._from_beside(f"{binding.origin}.{name}", depth)
        fields = [
            each
            for scope in self.found.classes.values()
            for each in scope.names.get(name, ())
            if each.how in {"default", "constant"} and each.path == ()
        ]
        known = [*self.options.get(name, ()), *fields]
        if (
            not known
            or owner.startswith(("self.", "?"))
            and not owner.rpartition(".")[2].endswith(("args", "config", "cfg", "settings"))
        ):
            return Texts(open=True)
        return _union(_came_by(self._bound(each, name, depth), "option") for each in known)

    def _given(self, node: ast.Attribute, spot: Spot, scopes: list[Scope]) -> Iterator[Placed]:
        """`Config(model="...")` where a field of an instance is asked for."""
        if not scopes or not isinstance(node.value, ast.Name) or node.value.id in {"self", "cls"}:
            return
        for binding in self._bindings(node.value.id, spot):
            if isinstance(binding.expr, ast.Call):
                given = argument(binding.expr, None, (node.attr,))
                if given is not None:
                    yield Placed(given, binding.spot)

    def _class_of(self, node: ast.expr, spot: Spot, depth: int) -> Scope | None:
        """The class of this module that a name is, or is an instance of."""
        if isinstance(node, ast.Call):
            return self.found.classes.get(dotted(node.func))
        if not isinstance(node, ast.Name):
            return None
        if node.id in {"self", "cls"}:
            return spot.scope.enclosing("class")
        for binding in self._bindings(node.id, spot):
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

    def _lineage(self, scope: Scope) -> list[Scope]:
        """A class and those it builds on, as far as this module defines them."""
        found, waiting = [], [scope]
        while waiting and len(found) < _DEEPEST:
            each = waiting.pop(0)
            if each not in found:
                found.append(each)
                bases = each.node.bases if isinstance(each.node, ast.ClassDef) else []
                waiting += [home for base in bases if (home := self.found.classes.get(dotted(base)))]
        return found

    def _subscript(self, node: ast.Subscript, spot: Spot, depth: int) -> Texts:
        keys = self._texts(node.slice, spot, depth)
        wanted = {value.text for value in keys.values}
        if dotted(node.value).endswith("environ"):
            return Texts(open=True)
        exact = list(self._entries(node.value, spot, wanted, depth)) if wanted else []
        if exact:
            return _came_by(self._union_of(exact, depth), "constant")
        every = list(self._elements(node.value, spot, depth, values=True)) if keys.open or not wanted else []
        return _came_by(self._union_of(every, depth), "constant")

    def _call(self, node: ast.Call, spot: Spot, depth: int) -> Texts:
        name = dotted(node.func).rpartition(".")[2]
        if name == "format" and isinstance(node.func, ast.Attribute):
            named = [(keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg]
            return self._filled(node, node.func.value, node.args, named, spot, depth)
        if (
            name == "join"
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Constant)
        ):
            parts = (
                [
                    self._texts(each.node, each.spot, depth)
                    for each in self._elements(node.args[0], spot, depth)
                ]
                if node.args
                else []
            )
            glue = str(node.func.value.value)
            return _put_together(node, parts, glue.join) if parts else Texts(open=True)
        if name in _PATHS:
            return Texts()
        if name in _WRAPPING:
            given = argument(node, 0, ("default", "default_factory", "value"))
            inner = given.body if isinstance(given, ast.Lambda) else given
            return (
                _came_by(self._texts(inner, spot, depth), "default")
                if inner is not None
                else Texts(open=True)
            )
        if name in _CUTTING and name != "str":
            value = node.func.value if isinstance(node.func, ast.Attribute) and not node.args else None
            value = value or (node.args[-1] if node.args else None)
            return self._texts(value, spot, depth) if value is not None else Texts(open=True)
        if name == "choice" and node.args:
            return self._union_of(self._elements(node.args[0], spot, depth), depth)
        if name in _DEFAULTING and (found := self._defaulted(name, node, spot, depth)):
            return found
        return self._returned(name, node, depth)

    def _defaulted(self, name: str, node: ast.Call, spot: Spot, depth: int) -> Texts | None:
        """`os.environ.get("X", "default")`, `getattr(args, "model", "default")`, `CFG.get("model")`."""
        if name == "str":
            return self._texts(node.args[0], spot, depth) if node.args else None
        if not node.args:
            return None
        at = 2 if name == "getattr" else 1
        default = argument(node, at, ("default",))
        found = [Texts(open=True)]
        if default is not None:
            how = "environment" if "env" in dotted(node.func) else "default"
            found.append(_came_by(self._texts(default, spot, depth), how))
        if name == "getattr" and len(node.args) > 1 and isinstance(key := node.args[1], ast.Constant):
            attribute = ast.copy_location(ast.Attribute(node.args[0], str(key.value), ast.Load()), node)
            found.append(self._texts(attribute, spot, depth))
        if isinstance(node.func, ast.Attribute) and "env" not in dotted(node.func):
            wanted = {value.text for value in self._texts(node.args[0], spot, depth).values}
            entries = list(self._entries(node.func.value, spot, wanted, depth))
            found += [_came_by(self._union_of(entries, depth), "constant")] if entries else []
        return _union(found)

    def _returned(self, name: str, node: ast.Call, depth: int) -> Texts:
        """What a function of this module returns."""
        functions = self.found.functions.get(name, [])
        if len(functions) != 1 or (id(functions[0][0]), 0) in self._asked:
            return Texts(open=True)
        key = (id(functions[0][0]), 0)
        self._asked.add(key)
        found = self._union_of(self.found.returns.get(key[0], ()), depth)
        self._asked.discard(key)
        return _came_by(found, "function")

    # What a name is bound to.

    def _bindings(self, name: str, spot: Spot) -> list[Binding]:
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

    def _from_beside(self, origin: str, depth: int) -> Texts:
        """A constant of a module in the same folder: `from .config import MODEL`, `import config`."""
        module, _, name = origin.rpartition(".")
        file = module.rpartition(".")[2]
        other = self._beside(f"{file}.py") if self._beside and file and name else None
        if other is None or name not in other.found.module.names:
            return Texts(open=True)
        spot = Spot(other.found.module, (), 1 << 60)
        found = other.texts(ast.Name(name, ast.Load()), spot)
        return Texts(
            tuple(value._replace(how="import", beside=f"{file}.py") for value in found.values), found.open
        )

    # Lists and dictionaries.

    def _elements(self, node: ast.expr, spot: Spot, depth: int, *, values: bool = False) -> Iterator[Placed]:
        """The elements of a list; the keys of a dictionary, or its `values`."""
        self._steps += 1
        if depth <= 0 or self._steps > _MOST_STEPS:
            return
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            for each in node.elts:
                if isinstance(each, ast.Starred):
                    yield from self._elements(each.value, spot, depth - 1)
                else:
                    yield Placed(each, spot)
        elif isinstance(node, ast.Dict):
            yield from (
                Placed(each, spot) for each in (node.values if values else node.keys) if each is not None
            )
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            yield from self._elements(node.left, spot, depth - 1, values=values)
            yield from self._elements(node.right, spot, depth - 1, values=values)
        elif isinstance(node, ast.Call):
            yield from self._elements_of_call(node, spot, depth - 1, values=values)
        else:
            for each in self._behind(node, spot, depth - 1):
                yield from self._elements(each.node, each.spot, depth - 2, values=values)

    def _elements_of_call(self, node: ast.Call, spot: Spot, depth: int, *, values: bool) -> Iterator[Placed]:
        name = dotted(node.func).rpartition(".")[2]
        if isinstance(node.func, ast.Attribute) and name in {"values", "keys", "copy"}:
            yield from self._elements(node.func.value, spot, depth, values=name == "values")
        elif name == "dict":
            yield from (Placed(keyword.value, spot) for keyword in node.keywords if values)
        elif name in _SAME and node.args:
            yield from self._elements(node.args[0], spot, depth, values=values)

    def _columns(self, node: ast.expr, spot: Spot, at: int, depth: int) -> Iterator[Placed]:
        """What the `at`-th of several loop variables takes: of `.items()`, `enumerate`, `zip`, a list of tuples."""
        if isinstance(node, ast.Call):
            name = dotted(node.func).rpartition(".")[2]
            if name == "items" and isinstance(node.func, ast.Attribute):
                yield from self._elements(node.func.value, spot, depth, values=at == 1)
                return
            if name == "enumerate" and node.args and at == 1:
                yield from self._elements(node.args[0], spot, depth)
                return
            if name == "zip" and at < len(node.args):
                yield from self._elements(node.args[at], spot, depth)
                return
        for each in self._elements(node, spot, depth):
            if isinstance(each.node, ast.Tuple | ast.List) and at < len(each.node.elts):
                yield Placed(each.node.elts[at], each.spot)

    def _entries(self, node: ast.expr, spot: Spot, wanted: set[str], depth: int) -> Iterator[Placed]:
        """What a dictionary (or list) holds under one of the keys, also when it was put there later."""
        self._steps += 1
        if depth <= 0 or self._steps > _MOST_STEPS:
            return
        for key, binding in self.found.items.get(dotted(node), ()):
            if (
                isinstance(key, ast.Constant)
                and str(key.value) in wanted
                and binding.expr
                and binding.pick is None
            ):
                yield Placed(binding.expr, binding.spot)
        if isinstance(node, ast.Dict):
            for name, value in zip(node.keys, node.values, strict=True):
                if isinstance(name, ast.Constant) and str(name.value) in wanted:
                    yield Placed(value, spot)
        elif isinstance(node, ast.List | ast.Tuple):
            yield from (Placed(each, spot) for at, each in enumerate(node.elts) if str(at) in wanted)
        elif isinstance(node, ast.Call) and dotted(node.func) == "dict":
            yield from (Placed(keyword.value, spot) for keyword in node.keywords if keyword.arg in wanted)
        else:
            for each in self._behind(node, spot, depth - 1):
                yield from self._entries(each.node, each.spot, wanted, depth - 2)

    def _behind(self, node: ast.expr, spot: Spot, depth: int) -> Iterator[Placed]:
        """The expressions that a name, an attribute or an entry stands for."""
        if depth <= 0:
            return
        if isinstance(node, ast.Name):
            for binding in self._bindings(node.id, spot):
                if binding.expr is not None and binding.expr is not node:
                    yield from self._behind_binding(binding, depth)
        elif isinstance(node, ast.Attribute):
            home = self._class_of(node.value, spot, depth)
            for scope in self._lineage(home) if home else ():
                for binding in scope.names.get(node.attr, ()):
                    if binding.expr is not None and binding.pick is None:
                        yield Placed(binding.expr, binding.spot)
        elif isinstance(node, ast.Subscript):
            keys = {value.text for value in self._texts(node.slice, spot, depth - 1).values}
            exact = list(self._entries(node.value, spot, keys, depth - 1))
            yield from exact or islice(self._elements(node.value, spot, depth - 1, values=True), _MOST)

    def _behind_binding(self, binding: Binding, depth: int) -> Iterator[Placed]:
        assert binding.expr is not None  # noqa: S101 - the caller asked
        if binding.pick is None:
            yield Placed(binding.expr, binding.spot)
        elif binding.pick == "element":
            yield from islice(self._elements(binding.expr, binding.spot, depth - 1), _MOST)
        elif isinstance(binding.pick, int):
            yield from islice(self._columns(binding.expr, binding.spot, binding.pick, depth - 1), _MOST)


_ANSWERS: dict[type[ast.expr], Callable[..., Texts]] = {
    ast.Constant: Resolver._constant,
    ast.JoinedStr: Resolver._joined,
    ast.BinOp: Resolver._binary,
    ast.BoolOp: Resolver._either,
    ast.IfExp: Resolver._either,
    ast.NamedExpr: Resolver._named,
    ast.Await: Resolver._named,
    ast.Name: Resolver._name,
    ast.Attribute: Resolver._attribute,
    ast.Subscript: Resolver._subscript,
    ast.Call: Resolver._call,
}


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


def _union(parts: Iterable[Texts]) -> Texts:
    values: dict[tuple[str, int], Value] = {}
    is_open = False
    for part in parts:
        is_open = is_open or part.open
        for value in part.values:
            if len(values) < _MOST:
                values.setdefault((value.text, id(value.node)), value)
    return Texts(tuple(values.values()), is_open)


def _came_by(texts: Texts, how: str) -> Texts:
    return Texts(tuple(value._replace(how=value.how or how) for value in texts.values), texts.open)


def _put_together(node: ast.expr, parts: list[Texts], join: Callable[[list[str]], str | None]) -> Texts:
    """Each way to put together one text of each part; at most `_MOST` ways."""
    if any(not part.values for part in parts):
        return Texts(open=any(part.open for part in parts))
    found = []
    for choice in islice(product(*(part.values for part in parts)), _MOST):
        text = (
            join([value.text for value in choice])
            if sum(len(value.text) for value in choice) < _LONGEST
            else None
        )
        if text is not None and len(text) < _LONGEST:
            how = next((value.how for value in choice if value.how), "put together")
            found.append(Value(text, node, how))
    return Texts(tuple(found), any(part.open for part in parts))


def _fill(pattern: str, given: dict[str, str]) -> str | None:
    """A pattern with its fields filled; None when one is not known."""
    count = iter(range(len(given)))
    missing = False

    def one(hit: re.Match[str]) -> str:
        nonlocal missing
        name = hit[1] or hit[2] or str(next(count, -1))
        missing = missing or name not in given
        return given.get(name, "")

    text = _FIELD.sub(one, pattern) if len(pattern) < _LONGEST else ""
    return None if missing or not text else text
