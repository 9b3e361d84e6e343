"""Which texts an expression can be: constants, defaults, what is put together of them. Nothing is run."""

import ast
from collections.abc import Iterable, Iterator
from itertools import islice

from osaid_audit.scan.python.containers import Containers
from osaid_audit.scan.python.dotted import dotted
from osaid_audit.scan.python.handing import handed_on, together
from osaid_audit.scan.python.modules import Beside, from_beside
from osaid_audit.scan.python.names import DEEPEST, Names, argument
from osaid_audit.scan.python.parameters import Given
from osaid_audit.scan.python.scopes import Binding, Placed, Scope, Spot, Survey
from osaid_audit.scan.python.texts import MOST, Texts, Value, came_by, fill, put_together, union

_CUTTING = frozenset({"strip", "lstrip", "rstrip", "str", "expanduser", "cast", "deepcopy", "copy"})
_WRAPPING = frozenset(
    {"Option", "Argument", "Field", "field", "Parameter", "ib", "attrib", "PrivateAttr", "Input"}
)
_DEFAULTING = frozenset({"get", "getenv", "pop", "setdefault", "getattr", "config", "env"})
_PATHS = frozenset(
    {"join", "Path", "PurePath", "joinpath", "abspath", "resolve", "realpath", "dirname", "mkdtemp"}
)


class Resolver(Names):
    """Answers questions about one module. `beside` answers those about another of the code base."""

    def __init__(self, found: Survey, beside: "Beside | None" = None) -> None:
        super().__init__(found)
        self._held = Containers(self, self._texts)
        self._given = Given(self, self._held)
        self.options: dict[str, list[Binding]] = {}
        self._beside = beside
        self._asked: set[tuple[int, int]] = set()

    def texts(self, node: ast.expr, spot: Spot) -> Texts:
        """Which texts an expression can be."""
        self.begin()
        return self._texts(node, spot, DEEPEST)

    def members(self, node: ast.expr, spot: Spot) -> list[Texts]:
        """Which texts the elements of a list, or the values of a dictionary, can be."""
        self.begin()
        return [
            self._texts(each.node, each.spot, DEEPEST)
            for each in self._held.elements(node, spot, DEEPEST, values=True)
        ]

    def element(self, node: ast.expr, spot: Spot, at: int) -> Placed | None:
        """What a list holds at a place."""
        self.begin()
        return next(islice(self._held.elements(node, spot, DEEPEST), at, at + 1), None)

    def made_by(self, node: ast.expr, spot: Spot) -> set[str]:
        """The names of the calls that an expression, or what a name stands for, comes from."""
        self.begin()
        places = [node, *(each.node for each in islice(self._held.behind(node, spot, DEEPEST), MOST))]
        return {dotted(each.func).rpartition(".")[2] for each in places if isinstance(each, ast.Call)}

    def entry(self, node: ast.expr, spot: Spot, key: str) -> Placed | None:
        """What a dictionary holds under a key."""
        self.begin()
        return next(iter(self._held.entries(node, spot, {key}, DEEPEST)), None)

    def behind_call(self, call: ast.Call, spot: Spot) -> Iterator[tuple[ast.Call, Spot]]:
        """The calls that a call through a name of one's own comes to: `load = AutoModel.from_pretrained`."""
        self.begin()
        for place in islice(self._held.behind(call.func, spot, DEEPEST), MOST):
            if isinstance(place.node, ast.Call):
                given = handed_on(place.node)
                if given is not None:
                    yield together(given, call), spot
            elif isinstance(place.node, ast.Name | ast.Attribute):
                yield ast.copy_location(ast.Call(place.node, call.args, call.keywords), call), spot

    # Texts.

    def _texts(self, node: ast.expr, spot: Spot, depth: int) -> Texts:
        if isinstance(node, ast.Constant):
            return self._constant(node)
        if depth <= 0 or not self.spend():
            return Texts(open=True)
        answer = getattr(self, f"_on_{type(node).__name__.lower()}", None)
        found: Texts = answer(node, spot, depth - 1) if answer else Texts(open=True)
        return found

    @staticmethod
    def _constant(node: ast.Constant) -> Texts:
        if isinstance(node.value, str):
            return Texts((Value(node.value, node),))
        is_number = isinstance(node.value, int | float) and not isinstance(node.value, bool)
        if is_number and not (isinstance(node.value, int) and abs(node.value) > 10**9):
            return Texts((Value(str(node.value), node, number=True),))
        return Texts()

    def _on_joinedstr(self, node: ast.JoinedStr, spot: Spot, depth: int) -> Texts:
        parts = []
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                plain = part.format_spec is None and part.conversion in {-1, ord("s")}
                parts.append(self._texts(part.value, spot, depth) if plain else Texts(open=True))
            else:
                parts.append(self._texts(part, spot, depth))
        return put_together(node, parts, "".join)

    def _on_binop(self, node: ast.BinOp, spot: Spot, depth: int) -> Texts:
        if isinstance(node.op, ast.Add):
            sides = [self._texts(node.left, spot, depth), self._texts(node.right, spot, depth)]
            return put_together(node, sides, "".join)
        if isinstance(node.op, ast.Mod):
            return self._filled(node, Placed(node.left, spot), _fields(node.right), depth)
        return Texts(open=not isinstance(node.op, ast.Div))

    def _filled(
        self, node: ast.expr, pattern: Placed, given: list[tuple[str, ast.expr]], depth: int
    ) -> Texts:
        """`"{}/{}".format(a, b)` and `"%s/%s" % (a, b)`."""
        patterns = self._texts(pattern.node, pattern.spot, depth)
        if not patterns.values:
            return Texts(open=patterns.open)
        names = [name for name, _ in given]
        parts = [patterns, *(self._texts(value, pattern.spot, depth) for _, value in given)]
        return put_together(
            node, parts, lambda texts: fill(texts[0], dict(zip(names, texts[1:], strict=True)))
        )

    def _on_boolop(self, node: ast.BoolOp | ast.IfExp, spot: Spot, depth: int) -> Texts:
        sides = node.values if isinstance(node, ast.BoolOp) else [node.body, node.orelse]
        how = "default" if isinstance(node, ast.BoolOp) else "choice"
        found = union(self._texts(side, spot, depth) for side in sides)
        return Texts(tuple(value._replace(how=value.how or how) for value in found.values), found.open)

    _on_ifexp = _on_boolop

    def _on_namedexpr(self, node: ast.NamedExpr | ast.Await, spot: Spot, depth: int) -> Texts:
        return self._texts(node.value, spot, depth)

    _on_await = _on_namedexpr

    def _on_name(self, node: ast.Name, spot: Spot, depth: int) -> Texts:
        bindings = self.bindings(node.id, spot)
        if not bindings:
            return Texts(open=True)
        return union(self._bound(binding, node.id, depth) for binding in bindings[-MOST:])

    def _bound(self, binding: Binding, name: str, depth: int) -> Texts:
        """What a name is given at one place; asked a second time within a question, nothing new."""
        key = (id(binding.expr) if binding.expr else id(binding.spot), binding.spot.order)
        if binding.origin is not None:
            return from_beside(binding.origin, self._beside)
        if id(binding) in self.found.parameters:
            return self._parameter(binding, name, key, depth)
        if binding.expr is None or key in self._asked:
            return Texts(open=binding.expr is None and binding.how != "class")
        self._asked.add(key)
        try:
            found = self._picked(binding, depth)
        finally:
            self._asked.discard(key)
        return came_by(found, binding.how)

    def _picked(self, binding: Binding, depth: int) -> Texts:
        assert binding.expr is not None  # noqa: S101 - the caller asked
        if binding.pick is None:
            return self._texts(binding.expr, binding.spot, depth)
        if binding.pick == "element":
            return self._union_of(self._held.elements(binding.expr, binding.spot, depth), depth)
        if isinstance(binding.pick, int):
            return self._union_of(self._held.columns(binding.expr, binding.spot, binding.pick, depth), depth)
        return Texts(open=True)

    def _union_of(self, places: Iterable[Placed], depth: int) -> Texts:
        known = list(islice(places, MOST))
        return (
            union(self._texts(each.node, each.spot, depth) for each in known) if known else Texts(open=True)
        )

    def _parameter(self, binding: Binding, name: str, key: tuple[int, int], depth: int) -> Texts:
        """A parameter: its default, and what the module's own calls give it."""
        if (key[0], -1) in self._asked:
            return Texts(open=True)
        self._asked.add((key[0], -1))
        found = [Texts(open=True)]
        if binding.expr is not None:
            found.append(came_by(self._texts(binding.expr, binding.spot, depth), "default"))
        found += [
            came_by(self._texts(given.node, given.spot, depth), "argument")
            for given in self._given.by_calls(binding, name)
        ]
        found += [
            came_by(self._texts(each.node, each.spot, depth), "parameter")
            for each in islice(self._given.by_cases(binding, name, depth), MOST)
        ]
        if name in self.found.fixtures:
            found.append(self._returned(name, depth))
        found += [
            came_by(self._texts(option.expr, option.spot, depth), "option")
            for option in self.options.get(name, ())
            if option.expr is not None
        ]
        self._asked.discard((key[0], -1))
        return union(found)

    def _on_attribute(self, node: ast.Attribute, spot: Spot, depth: int) -> Texts:
        if node.attr == "value" and isinstance(node.value, ast.Attribute | ast.Name):
            inner = self._texts(node.value, spot, depth)
            if inner.values:
                return inner
        owner = dotted(node.value)
        if (owner, node.attr) == ("request", "param") and (
            listed := self._given.of_fixture(spot)
        ) is not None:
            return came_by(self._union_of(self._held.elements(listed, spot, depth), depth), "parameter")
        known = list(self.found.attributes.get((owner, node.attr), ()))
        home = self.class_of(node.value, spot)
        scopes = self.lineage(home) if home is not None else []
        for scope in scopes:
            known += scope.names.get(node.attr, [])
        found = [self._bound(binding, node.attr, depth) for binding in known]
        found += [self._texts(each.node, each.spot, depth) for each in self._of_instance(node, spot, scopes)]
        if not found:
            found = [self._imported_attribute(owner, node.attr, spot, depth)]
        return union(found)

    def _imported_attribute(self, owner: str, name: str, spot: Spot, depth: int) -> Texts:
        """`config.MODEL` of a module beside, or an option or field of this name (`args.model`)."""
        root, _, rest = f"{owner}.{name}".partition(".")
        binding = next(iter(self.bindings(root, spot)), None)
        if binding is not None and binding.origin is not None:
            return from_beside(f"{binding.origin}.{rest}", self._beside)
        fields = [
            each
            for scope in self.found.classes.values()
            for each in scope.names.get(name, ())
            if each.how in {"default", "constant"} and each.path == ()
        ]
        known = [*self.options.get(name, ()), *fields]
        if not known or (
            owner.startswith(("self.", "?"))
            and not owner.rpartition(".")[2].endswith(("args", "config", "cfg", "settings"))
        ):
            return Texts(open=True)
        return union(came_by(self._bound(each, name, depth), "option") for each in known)

    def _of_instance(self, node: ast.Attribute, spot: Spot, scopes: list[Scope]) -> Iterator[Placed]:
        """`Config(model="...")` where a field of an instance is asked for."""
        if not scopes or not isinstance(node.value, ast.Name) or node.value.id in {"self", "cls"}:
            return
        for binding in self.bindings(node.value.id, spot):
            if isinstance(binding.expr, ast.Call):
                given = argument(binding.expr, None, (node.attr,))
                if given is not None:
                    yield Placed(given, binding.spot)

    def _on_subscript(self, node: ast.Subscript, spot: Spot, depth: int) -> Texts:
        keys = self._texts(node.slice, spot, depth)
        wanted = {value.text for value in keys.values}
        exact = list(self._held.entries(node.value, spot, wanted, depth)) if wanted else []
        if dotted(node.value).endswith("environ"):
            return union([Texts(open=True), came_by(self._union_of(exact, depth), "environment")])
        if exact and not keys.open:
            return came_by(self._union_of(exact, depth), "constant")
        every = self._held.elements(node.value, spot, depth, values=True) if keys.open or not wanted else []
        return came_by(self._union_of([*exact, *islice(every, MOST)], depth), "constant")

    def _on_call(self, node: ast.Call, spot: Spot, depth: int) -> Texts:
        name = dotted(node.func).rpartition(".")[2]
        if name in {"format", "join"} and isinstance(node.func, ast.Attribute):
            found = self._of_text(name, node, node.func.value, spot, depth)
        elif name in _WRAPPING:
            given = argument(node, 0, ("default", "default_factory", "value"))
            inner = given.body if isinstance(given, ast.Lambda) else given
            found = came_by(self._texts(inner, spot, depth), "default") if inner is not None else None
        elif name in _CUTTING:
            own = node.func.value if isinstance(node.func, ast.Attribute) and not node.args else None
            value = own or (node.args[-1] if node.args else None)
            found = self._texts(value, spot, depth) if value is not None else None
        elif name == "choice" and node.args:
            found = self._union_of(self._held.elements(node.args[0], spot, depth), depth)
        else:
            found = self._defaulted(name, node, spot, depth) if name in _DEFAULTING else None
        if found is None and name in _PATHS:
            return Texts()
        return found or self._returned(name, depth)

    def _of_text(self, name: str, node: ast.Call, text: ast.expr, spot: Spot, depth: int) -> Texts | None:
        """`"{}/{}".format(...)`, `"/".join([...])`."""
        if name == "format":
            given = [(str(at), each) for at, each in enumerate(node.args)]
            given += [(keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg]
            return self._filled(node, Placed(text, spot), given, depth)
        if not isinstance(text, ast.Constant) or not node.args:
            return None
        places = islice(self._held.elements(node.args[0], spot, depth), MOST)
        parts = [self._texts(each.node, each.spot, depth) for each in places]
        return put_together(node, parts, str(text.value).join) if parts else None

    def _defaulted(self, name: str, node: ast.Call, spot: Spot, depth: int) -> Texts | None:
        """`os.environ.get("X", "default")`, `getattr(args, "model", "default")`, `CFG.get("model")`."""
        if not node.args:
            return None
        at = 2 if name == "getattr" else 1
        default = argument(node, at, ("default",))
        found = [Texts(open=True)]
        if default is not None:
            how = "environment" if "env" in dotted(node.func) else "default"
            found.append(came_by(self._texts(default, spot, depth), how))
        if name == "getattr" and len(node.args) > 1 and isinstance(key := node.args[1], ast.Constant):
            attribute = ast.copy_location(ast.Attribute(node.args[0], str(key.value), ast.Load()), node)
            found.append(self._texts(attribute, spot, depth))
        if isinstance(node.func, ast.Attribute) and "env" not in dotted(node.func):
            wanted = {value.text for value in self._texts(node.args[0], spot, depth).values}
            entries = list(self._held.entries(node.func.value, spot, wanted, depth))
            if not wanted and dotted(node.func).rpartition(".")[2] == "get":
                entries = list(islice(self._held.elements(node.func.value, spot, depth, values=True), MOST))
            found += [came_by(self._union_of(entries, depth), "constant")] if entries else []
        return union(found)

    def _returned(self, name: str, depth: int) -> Texts:
        """What a function of this module returns."""
        functions = self.found.functions.get(name, [])
        if len(functions) != 1 or (id(functions[0][0]), 0) in self._asked:
            return Texts(open=True)
        key = (id(functions[0][0]), 0)
        self._asked.add(key)
        found = self._union_of(self.found.returns.get(key[0], ()), depth)
        self._asked.discard(key)
        return came_by(found, "function")


def _fields(node: ast.expr) -> list[tuple[str, ast.expr]]:
    """What stands behind `%`, by place or by name."""
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return [(str(key.value), value) for key, value in pairs if isinstance(key, ast.Constant)]
    plain = node.elts if isinstance(node, ast.Tuple) else [node]
    return [(str(at), each) for at, each in enumerate(plain)]
