"""One pass over a module: its scopes, what is bound in them, its calls and its texts. Without recursion."""

import ast

from osaid_audit.scan.python.dotted import dotted
from osaid_audit.scan.python.scopes import Binding, Function, Path, Placed, Scope, Spot, Survey

_ADDRESSES = ("https://huggingface.co/", "https://hf.co/", "https://hf-mirror.com/", "hf://")


def _called(node: ast.expr) -> str:
    return dotted(node.func if isinstance(node, ast.Call) else node)


def survey(tree: ast.Module) -> Survey:
    """Walk a module in the order of its text."""
    found = Survey(Scope("module", node=tree))
    _Walk(found).walk(tree)
    return found


class _Walk:
    """The pass: a stack of nodes, each with its scope and the branches that lead to it."""

    def __init__(self, found: Survey) -> None:
        self.found = found
        self.order = 0
        self.waiting: list[tuple[ast.AST, Scope, Path]] = []
        self.inner: set[int] = set()
        """First parts of sums."""

    def walk(self, tree: ast.Module) -> None:
        self.waiting.append((tree, self.found.module, ()))
        while self.waiting:
            node, scope, path = self.waiting.pop()
            self.order += 1
            spot = Spot(scope, path, self.order)
            visit = getattr(self, f"_on_{type(node).__name__.lower()}", None)
            below = visit(node, spot) if visit else None
            if below is None:
                below = [(child, scope, path) for child in ast.iter_child_nodes(node)]
            self.waiting += reversed(below)

    # What opens a scope.

    def _on_functiondef(self, node: ast.FunctionDef | ast.AsyncFunctionDef, spot: Spot) -> "_Below":
        inner = Scope("function", spot.scope, node)
        self._bind(node.name, Binding(None, spot, spot.path, "def"), spot.scope)
        self.found.functions.setdefault(node.name, []).append((node, inner))
        self._parameters(node, inner, spot)
        if any(_called(each).rpartition(".")[2] == "fixture" for each in node.decorator_list):
            self.found.fixtures.add(node.name)
        around = [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
        return [*self._in(around, spot), *self._body(node.body, inner, ())]

    _on_asyncfunctiondef = _on_functiondef

    def _on_lambda(self, node: ast.Lambda, spot: Spot) -> "_Below":
        inner = Scope("function", spot.scope, node)
        self._parameters(node, inner, spot)
        return [
            *self._in([*node.args.defaults, *filter(None, node.args.kw_defaults)], spot),
            (node.body, inner, ()),
        ]

    def _parameters(self, function: Function, inner: Scope, spot: Spot) -> None:
        args = function.args
        plain = [*args.posonlyargs, *args.args]
        missing: list[ast.expr | None] = [None] * (len(plain) - len(args.defaults))
        pairs = [
            *zip(plain, [*missing, *args.defaults], strict=False),
            *zip(args.kwonlyargs, args.kw_defaults, strict=False),
        ]
        for arg, default in pairs:
            how = "parameter" if default is None else "default"
            binding = Binding(default, spot, (), how)
            self.found.parameters[id(binding)] = (function, inner)
            self._bind(arg.arg, binding, inner)
        for rest in (args.vararg, args.kwarg):
            if rest is not None:
                self._bind(rest.arg, Binding(None, spot, (), "rest"), inner)

    def _on_classdef(self, node: ast.ClassDef, spot: Spot) -> "_Below":
        inner = Scope("class", spot.scope, node)
        self._bind(node.name, Binding(None, spot, spot.path, "class"), spot.scope)
        self.found.classes.setdefault(node.name, inner)
        around = [*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)]
        return [*self._in(around, spot), *self._body(node.body, inner, ())]

    def _on_listcomp(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, spot: Spot
    ) -> "_Below":
        inner = Scope("inline", spot.scope, node)
        below: list[ast.AST] = []
        for part in node.generators:
            self._target(part.target, Binding(part.iter, spot, spot.path, "loop", "element"), inner)
            below += [part.iter, *part.ifs]
        below += [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        return [(each, inner, spot.path) for each in below]

    _on_setcomp = _on_generatorexp = _on_dictcomp = _on_listcomp

    # What branches.

    def _on_if(self, node: ast.If, spot: Spot) -> "_Below":
        return [
            *self._in([node.test], spot),
            *self._body(node.body, spot.scope, (*spot.path, (id(node), 0))),
            *self._body(node.orelse, spot.scope, (*spot.path, (id(node), 1))),
        ]

    def _on_while(self, node: ast.While, spot: Spot) -> "_Below":
        inside = (*spot.path, (id(node), 2))
        return [*self._in([node.test], spot), *self._body([*node.body, *node.orelse], spot.scope, inside)]

    def _on_for(self, node: ast.For | ast.AsyncFor, spot: Spot) -> "_Below":
        inside = (*spot.path, (id(node), 2))
        self._target(node.target, Binding(node.iter, spot, inside, "loop", "element"), spot.scope)
        return [*self._in([node.iter], spot), *self._body([*node.body, *node.orelse], spot.scope, inside)]

    _on_asyncfor = _on_for

    def _on_try(self, node: ast.Try, spot: Spot) -> "_Below":
        inside = (*spot.path, (id(node), 2))
        below = self._body(node.body, spot.scope, inside)
        for handler in node.handlers:
            below += self._body(handler.body, spot.scope, inside)
        return [
            *below,
            *self._body(node.orelse, spot.scope, inside),
            *self._body(node.finalbody, spot.scope, spot.path),
        ]

    _on_trystar = _on_try

    def _on_match(self, node: ast.Match, spot: Spot) -> "_Below":
        below = self._in([node.subject], spot)
        for arm, case in enumerate(node.cases):
            below += self._body(case.body, spot.scope, (*spot.path, (id(node), arm)))
        return below

    # What binds a name.

    def _on_assign(self, node: ast.Assign, spot: Spot) -> "_Below":
        for target in node.targets:
            self._target(target, Binding(node.value, spot, spot.path, "constant"), spot.scope)
            if isinstance(node.value, ast.Lambda):
                self.found.lambdas[id(node.value)] = dotted(target).rpartition(".")[2]
        return self._in(
            [node.value, *(target for target in node.targets if not isinstance(target, ast.Name))], spot
        )

    def _on_annassign(self, node: ast.AnnAssign, spot: Spot) -> "_Below":
        how = "default" if spot.scope.kind == "class" else "constant"
        if node.value is not None:
            self._target(node.target, Binding(node.value, spot, spot.path, how), spot.scope)
        return self._in([node.value] if node.value else [], spot)

    def _on_augassign(self, node: ast.AugAssign, spot: Spot) -> "_Below":
        if isinstance(node.target, ast.Name) and isinstance(node.op, ast.Add):
            before = ast.copy_location(ast.Name(node.target.id, ast.Load()), node.target)
            whole = ast.copy_location(ast.BinOp(before, ast.Add(), node.value), node)
            self._target(node.target, Binding(whole, spot, spot.path, "constant"), spot.scope)
        return self._in([node.value], spot)

    def _on_namedexpr(self, node: ast.NamedExpr, spot: Spot) -> "_Below":
        scope = spot.scope
        while scope.kind == "inline" and scope.parent is not None:
            scope = scope.parent
        self._target(node.target, Binding(node.value, spot, spot.path, "constant"), scope)
        return self._in([node.value], spot)

    def _on_global(self, node: ast.Global, spot: Spot) -> "_Below":
        spot.scope.elsewhere.update(node.names)
        return []

    def _on_withitem(self, node: ast.withitem, spot: Spot) -> None:
        if node.optional_vars is not None:
            self._target(
                node.optional_vars,
                Binding(node.context_expr, spot, spot.path, "constant", "unknown"),
                spot.scope,
            )

    def _on_import(self, node: ast.Import, spot: Spot) -> "_Below":
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            origin = alias.name if alias.asname else name
            self.found.imports.add(alias.name.partition(".")[0])
            self._bind(name, Binding(None, spot, spot.path, "import", origin=origin), spot.scope)
        return []

    def _on_importfrom(self, node: ast.ImportFrom, spot: Spot) -> "_Below":
        module = "." * node.level + (node.module or "")
        self.found.imports.add(module.partition(".")[0])
        for alias in node.names:
            origin = f"{module}.{alias.name}" if node.module else f"{module}{alias.name}"
            self._bind(
                alias.asname or alias.name,
                Binding(None, spot, spot.path, "import", origin=origin),
                spot.scope,
            )
        return []

    # What else is kept.

    def _on_call(self, node: ast.Call, spot: Spot) -> None:
        self.found.calls.append((node, spot))
        self.found.called.setdefault(dotted(node.func).rpartition(".")[2], []).append((node, spot))

    def _on_constant(self, node: ast.Constant, _spot: Spot) -> "_Below":
        if isinstance(node.value, str):
            self.found.texts.append(node)
        return []

    def _on_joinedstr(self, node: ast.JoinedStr | ast.BinOp, spot: Spot) -> None:
        first: ast.AST = node
        while isinstance(first, ast.BinOp):
            first = first.left
            self.inner.add(id(first))
        if isinstance(first, ast.JoinedStr) and first.values:
            first = first.values[0]
        said = first.value if isinstance(first, ast.Constant) else None
        whole = id(node) not in self.inner
        if whole and isinstance(said, str) and said.lower().startswith(_ADDRESSES):
            self.found.made.append(Placed(node, spot))

    _on_binop = _on_joinedstr

    def _on_dict(self, node: ast.Dict, spot: Spot) -> None:
        self.found.dicts.append((node, spot))

    def _on_return(self, node: ast.Return, spot: Spot) -> None:
        owner = spot.scope.enclosing("function")
        if node.value is not None and owner is not None:
            self.found.returns.setdefault(id(owner.node), []).append(Placed(node.value, spot))

    def _on_expr(self, node: ast.Expr, _spot: Spot) -> "_Below | None":
        """A text that stands alone is a docstring or a comment."""
        return [] if isinstance(node.value, ast.Constant | ast.JoinedStr) else None

    # Helpers.

    def _target(self, target: ast.expr, binding: Binding, scope: Scope) -> None:
        if isinstance(target, ast.Name):
            self._bind(target.id, binding, scope)
        elif isinstance(target, ast.Starred):
            self._target(target.value, binding._replace(pick="unknown"), scope)
        elif isinstance(target, ast.Tuple | ast.List):
            self._unpack(target, binding, scope)
        elif isinstance(target, ast.Attribute):
            self._attribute_target(target, binding, scope)
        elif isinstance(target, ast.Subscript):
            key = dotted(target.value)
            self.found.items.setdefault(key, []).append((target.slice, binding))
            if isinstance(target.slice, ast.Constant) and isinstance(target.slice.value, str):
                self.found.bound.append((target.slice.value, binding))

    def _unpack(self, target: ast.Tuple | ast.List, binding: Binding, scope: Scope) -> None:
        value = binding.expr
        paired = (
            binding.pick is None
            and isinstance(value, ast.Tuple | ast.List)
            and len(value.elts) == len(target.elts)
            and not any(isinstance(each, ast.Starred) for each in (*target.elts, *value.elts))
        )
        for at, part in enumerate(target.elts):
            if paired and isinstance(value, ast.Tuple | ast.List):
                self._target(part, binding._replace(expr=value.elts[at]), scope)
            else:
                inner = at if binding.pick == "element" else "unknown"
                self._target(part, binding._replace(pick=inner), scope)

    def _attribute_target(self, target: ast.Attribute, binding: Binding, scope: Scope) -> None:
        owner = dotted(target.value)
        home = scope.enclosing("class")
        if owner in {"self", "cls"} and home is not None:
            self._bind(target.attr, binding._replace(path=((id(target), 3),)), home)
            return
        self.found.attributes.setdefault((owner, target.attr), []).append(binding)
        self.found.bound.append((target.attr, binding))

    def _bind(self, name: str, binding: Binding, scope: Scope) -> None:
        if name in scope.elsewhere:
            scope = self.found.module
        scope.names.setdefault(name, []).append(binding)
        if binding.expr is not None:
            self.found.bound.append((name, binding))

    @staticmethod
    def _in(nodes: list[ast.AST] | list[ast.expr], spot: Spot) -> "list[tuple[ast.AST, Scope, Path]]":
        return [(node, spot.scope, spot.path) for node in nodes]

    @staticmethod
    def _body(nodes: list[ast.stmt], scope: Scope, path: Path) -> "list[tuple[ast.AST, Scope, Path]]":
        return [(node, scope, path) for node in nodes]


_Below = list[tuple[ast.AST, Scope, Path]]
