"""What a mutant of a module of the law may change: its places, and what may stand there instead.

A row of a module's own tables is left out; a code written there gets a letter more; a member of an enum
becomes the next one. Decorators, annotations, assertions and what is said in an error are left as they are.
"""

from __future__ import annotations

import ast
import copy
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

_PAIRS = (
    (ast.Lt, ast.LtE),
    (ast.Gt, ast.GtE),
    (ast.Eq, ast.NotEq),
    (ast.In, ast.NotIn),
    (ast.Is, ast.IsNot),
    (ast.And, ast.Or),
    (ast.Add, ast.Sub),
)
OPPOSITE: Mapping[type[ast.AST], Any] = {a: b for pair in _PAIRS for a, b in (pair, pair[::-1])}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_CODE = re.compile(r"[a-z]\w*(\.\w+)?")
_FIELDS_LEFT_ALONE = ("annotation", "returns", "decorator_list", "ctx", "exc", "cause")

Key = tuple[str, str, str]
Enums = Mapping[str, Sequence[str]]
Aliases = Mapping[str, ast.expr]


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A changed place: module, line and column, the line's text, what becomes what; `apply` does it."""

    module: str
    path: Path
    tree: ast.Module
    line: int
    column: int
    text: str
    change: str
    apply: Callable[[], None]

    @property
    def key(self) -> Key:
        """What the list knows it by: lines move, their text seldom does."""
        return self.module, self.text, self.change


@dataclass(frozen=True, kw_only=True)
class Place:
    """A node and where it hangs: `table` in a module's own statements, `test` where it decides a branch."""

    parent: ast.AST
    field: str
    index: int | None
    node: Any
    table: bool
    test: bool

    def put(self, new: ast.AST) -> None:
        """Hang another node there."""
        ast.fix_missing_locations(ast.copy_location(new, self.node))
        if self.index is None:
            setattr(self.parent, self.field, new)
        else:
            getattr(self.parent, self.field)[self.index] = new


def places(parent: ast.AST, *, table: bool = True, test: bool = False) -> Iterator[Place]:
    """Yield every node below one, save what is left alone."""
    for field, value in ast.iter_fields(parent):
        for index, node in enumerate(value) if isinstance(value, list) else ((None, value),):
            if field in _FIELDS_LEFT_ALONE or not isinstance(node, ast.AST) or _is_left_alone(node):
                continue
            decides = field in ("test", "ifs") or (test and field == "values")
            yield Place(parent=parent, field=field, index=index, node=node, table=table, test=decides)
            inside = isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)
            yield from places(node, table=table and not inside, test=decides and isinstance(node, ast.BoolOp))


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Assert() | ast.Expr(value=ast.Constant()):
            return True
        case ast.If(test=ast.Name("TYPE_CHECKING")) | ast.Assign(targets=[ast.Name("__all__")]):
            return True
    return False


def changed(place: Place, enums: Enums, aliases: Aliases) -> Iterator[ast.AST]:
    """Yield what may stand in a place instead of what does."""
    match node := place.node:
        case ast.Compare():
            yield from _other_comparison(node)
        case ast.BoolOp() | ast.BinOp() | ast.AugAssign() if type(node.op) in OPPOSITE:
            new = copy.copy(node)
            new.op = OPPOSITE[type(node.op)]()
            yield new
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.Raise():
            yield ast.Pass()
        case ast.Constant():
            yield from _other_constant(node.value, place.table)
        case ast.Call(func=ast.Name("Decimal"), args=[ast.Constant(str(number))]):
            yield ast.Call(node.func, [ast.Constant(str(Decimal(number) + 1))], [])
        case ast.Name(name) if name in NAMES and place.field == "func":
            yield ast.Name(NAMES[name], ast.Load())
        case ast.Name() | ast.Attribute():
            yield from _other_member(node, enums, aliases)


def _wider(place: Place) -> Iterator[ast.AST]:
    """Yield what concerns a place rather than its kind of node: rows of tables, what decides a branch."""
    node = place.node
    if place.table and isinstance(node, ast.Dict):
        for i in range(len(node.keys)):
            yield ast.Dict(node.keys[:i] + node.keys[i + 1 :], node.values[:i] + node.values[i + 1 :])
    elif place.table and isinstance(node, ast.Set | ast.Tuple | ast.List):
        for i in range(len(node.elts) if not isinstance(getattr(node, "ctx", None), ast.Store) else 0):
            new = copy.copy(node)
            new.elts = node.elts[:i] + node.elts[i + 1 :]
            yield new
    if place.test and not isinstance(node, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Constant):
        yield ast.UnaryOp(ast.Not(), node)


def _other_comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for i, operator in enumerate(node.ops):
        other = OPPOSITE[type(operator)]()
        yield ast.Compare(node.left, [*node.ops[:i], other, *node.ops[i + 1 :]], node.comparators)


def _other_constant(value: object, table: bool) -> Iterator[ast.AST]:
    if isinstance(value, int):
        yield ast.Constant(not value if isinstance(value, bool) else value + 1)
    elif table and isinstance(value, str) and _CODE.fullmatch(value):
        yield ast.Constant(value + "_")


def _other_member(node: Any, enums: Enums, aliases: Aliases) -> Iterator[ast.AST]:
    known: Any = aliases.get(node.id) if isinstance(node, ast.Name) else node
    if isinstance(known, ast.Attribute) and isinstance(known.value, ast.Name):
        enum: Any = aliases.get(known.value.id, known.value)
        members = enums.get(getattr(enum, "id", ""), ())
        if known.attr in members and isinstance(node.ctx, ast.Load):
            other = members[(members.index(known.attr) + 1) % len(members)]
            yield ast.Attribute(known.value, other, ast.Load())


def enums_of(trees: Iterable[ast.Module]) -> dict[str, list[str]]:
    """Return the members of every enum by its name."""
    return {
        node.name: [name for each in node.body if isinstance(each, ast.Assign) for name in _names(each)]
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(base) for base in node.bases)
    }


def _names(node: ast.Assign) -> list[str]:
    return [target.id for target in node.targets if isinstance(target, ast.Name)]


def aliases_of(tree: ast.Module) -> dict[str, ast.expr]:
    """Return what a module calls by a shorter name: `_G = Group`, `_P, _O = Remedy.A, Remedy.B`."""
    found: dict[str, ast.expr] = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Tuple(names)], value=ast.Tuple(values)):
                found |= {ast.unparse(name): value for name, value in zip(names, values, strict=False)}
            case ast.Assign(targets=[ast.Name(name)], value=ast.Name() as value):
                found[name] = value
    return found


def mutants(module: str, path: Path, tree: ast.Module, enums: Enums) -> Iterator[Mutant]:
    """Yield every mutant of a module; its tree is changed only by `apply`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    aliases = aliases_of(tree)
    for place in list(places(tree)):
        for new in (*changed(place, enums, aliases), *_wider(place)):
            line = place.node.lineno
            # What the parser gives is counted in bytes.
            column = len(lines[line - 1].encode()[: place.node.col_offset].decode()) + 1
            text, change = lines[line - 1].strip(), _said(place.node, new)
            put = functools.partial(place.put, new)
            yield Mutant(
                module=module,
                path=path,
                tree=tree,
                line=line,
                column=column,
                text=text,
                change=change,
                apply=put,
            )


def _said(old: Any, new: Any) -> str:
    """Return a change in words: a row by its beginning, all else as code before and after."""
    for field in ("elts", "keys"):
        if hasattr(old, field):
            before, after = getattr(old, field), getattr(new, field)
            i = next((i for i, each in enumerate(after) if each is not before[i]), len(after))
            return f"without {ast.unparse(before[i] or old.values[i])[:60]}"
    return "no raise" if isinstance(old, ast.Raise) else f"{ast.unparse(old)} -> {ast.unparse(new)}"
