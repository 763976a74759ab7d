"""The little language of the templates: placeholders, optional parts, tables; text is never run or expanded.

The first line is the title, each further line a paragraph:

    {补正事项}              what the facts give under that name; without it the letter cannot be issued
    {联系电话?}             likewise, but it may be wanting
    [?网上送达]…[/]         only where that is so, or is given
    [!网上送达]…[/]         only where it is not
    | 申请人 | {申请人} |   a row of a table; the last cell of a short row takes the rest; ↵ breaks a line
    | 2 | 5 |               a row of numbers alone gives the columns' widths
    # 意见表                the title of a form that comes with the letter
    ----                    a broken line to cut along
    ====                    a new page
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.papers.paper import Block, Cell, Heading, PageBreak, Paragraph, Rule, Runs, Table

LONGEST = 20_000
_TOKEN = re.compile(
    r"\{(?P<slot>[^{}\[\]|\n]{0,40})\}|\[(?P<open>[?!])(?P<on>[^\[\]\n]{0,40})\]|(?P<close>\[/\])"
)
_STRAY = re.compile(r"[{}]|\[[?!/]")
_BREAK, _CUT, _FORM, _NEW_LINE = "====", "----", "# ", "↵"

Value = str | tuple[Block, ...]


class TemplateError(ValueError):
    """A template that cannot be used; `problems` are Chinese sentences fit to be shown."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("；".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Slot:
    """A placeholder; with a question mark it may be wanting."""

    name: str
    may_lack: bool = False


@dataclass(frozen=True)
class Choice:
    """A part that stands only where `name` is given, or only where it is not."""

    name: str
    when: bool
    parts: tuple[str | Slot, ...]


@dataclass(frozen=True)
class Template:
    """A template taken apart."""

    parts: tuple[str | Slot | Choice, ...]

    def slots(self) -> Iterator[tuple[Slot, Choice | None]]:
        """Every placeholder, and the optional part it stands in if it stands in one."""
        for part in self.parts:
            if isinstance(part, Choice):
                yield from ((inner, part) for inner in part.parts if isinstance(inner, Slot))
            elif isinstance(part, Slot):
                yield part, None

    def choices(self) -> Iterator[Choice]:
        """Every optional part."""
        return (part for part in self.parts if isinstance(part, Choice))

    def words(self) -> str:
        """The template's own words that stand whatever the facts are."""
        return "\0".join(part for part in self.parts if isinstance(part, str))


@dataclass(frozen=True)
class _Bit:
    """A stretch of a line: the template's own words, or a value, or a gap where one is wanting."""

    text: str
    is_own: bool = False
    is_gap: bool = False


_Line = list[_Bit | tuple[Block, ...]]


def parse(text: str) -> Template:
    """Take a template apart.

    Raises:
        TemplateError: a bracket has no other half, parts stand within one another, or there is no text.
    """
    if len(text) > LONGEST:
        raise TemplateError([f"模板超过{LONGEST}字"])
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").strip()
    problems: list[str] = []
    done: list[str | Slot | Choice] = []
    inner: list[str | Slot] = []
    choice: Choice | None = None
    at = 0
    for token in _TOKEN.finditer(text):
        (inner if choice else done).append(_own(text[at : token.start()], problems))
        at = token.end()
        if token["slot"] is not None:
            (inner if choice else done).append(_slot(token["slot"]))
        elif token["open"] and choice is None:
            choice, inner = Choice(token["on"].strip(), token["open"] == "?", ()), []
        elif token["open"]:
            problems.append(f"选用部分[{token['open']}{token['on']}]不能套在另一个选用部分里面")
        elif choice:
            done.append(replace(choice, parts=tuple(inner)))
            choice = None
        else:
            problems.append("有一个[/]前面没有对应的[?…]或者[!…]")
    (inner if choice else done).append(_own(text[at:], problems))
    if choice:
        problems.append(f"选用部分[{'?' if choice.when else '!'}{choice.name}]没有用[/]结束")
    if "\n" not in text:
        problems.append("模板第一行是标题，其后至少还要有一段正文")
    if problems:
        raise TemplateError(list(dict.fromkeys(problems)))
    return Template(tuple(done))


def _slot(words: str) -> Slot:
    name = words.strip()
    return Slot(name.rstrip("?？").strip(), name.endswith(("?", "？")))


def _own(text: str, problems: list[str]) -> str:
    if stray := _STRAY.search(text):
        near = text[max(0, stray.start() - 6) : stray.end() + 6].replace("\n", " ")
        problems.append(f"“{near}”处的括号不成对；占位符写作{{申请人}}，选用部分写作[?网上送达]…[/]")
    return text


def filled(
    template: Template, values: Mapping[str, Value], flags: Mapping[str, bool]
) -> tuple[str, tuple[Block, ...], tuple[str, ...]]:
    """Return title and blocks with the values in their places, and the placeholders that were wanting."""
    lacking: dict[str, None] = {}
    lines = _lines(_bits(template.parts, values, flags, lacking))
    title = "".join(bit.text for bit in next(lines, []) if isinstance(bit, _Bit)).strip()
    return title, tuple(_blocks(lines)), tuple(lacking)


def _bits(
    parts: Iterable[str | Slot | Choice],
    values: Mapping[str, Value],
    flags: Mapping[str, bool],
    lacking: dict[str, None],
) -> Iterator[_Bit | tuple[Block, ...]]:
    for part in parts:
        if isinstance(part, str):
            yield _Bit(part, is_own=True)
        elif isinstance(part, Choice):
            if bool(flags.get(part.name) or values.get(part.name)) is part.when:
                yield from _bits(part.parts, values, flags, lacking)
        elif value := values.get(part.name):
            yield _Bit(value) if isinstance(value, str) else value
        elif not part.may_lack:
            lacking[part.name] = None
            yield _Bit(f"【待填：{part.name}】", is_gap=True)


def _lines(bits: Iterable[_Bit | tuple[Block, ...]]) -> Iterator[_Line]:
    """Break at the template's own line ends only: a value's stay within its line."""
    line: _Line = []
    for bit in bits:
        if isinstance(bit, _Bit) and bit.is_own:
            first, *rest = bit.text.split("\n")
            line.append(replace(bit, text=first))
            for text in rest:
                yield line
                line = [replace(bit, text=text)]
        else:
            line.append(bit)
    yield line


def _blocks(lines: Iterable[_Line]) -> Iterator[Block]:
    rows: list[_Line] = []
    for line in lines:
        first = next((bit for bit in line if not _is_empty(bit)), None)
        own = first.text.strip() if isinstance(first, _Bit) and first.is_own else ""
        if own.startswith("|"):
            rows.append(line)
            continue
        if rows:
            yield _table(rows)
            rows = []
        if first is not None:
            yield from _block(line, own)
    if rows:
        yield _table(rows)


def _is_empty(bit: _Bit | tuple[Block, ...]) -> bool:
    return isinstance(bit, _Bit) and not bit.text.strip()


def _block(line: _Line, own: str) -> Iterator[Block]:
    texts = [bit for bit in line if isinstance(bit, _Bit)]
    if own == _BREAK:
        yield PageBreak()
    elif own == _CUT:
        yield Rule(cut=True)
    elif own.startswith(_FORM):
        yield Heading(0, "".join(bit.text for bit in texts).strip().removeprefix(_FORM).strip())
    else:
        yield from (Paragraph(runs) for runs in _paragraphs(texts))
        yield from (block for bit in line if isinstance(bit, tuple) for block in bit)


def _paragraphs(bits: Iterable[_Bit]) -> Iterator[Runs]:
    runs: list[tuple[str, bool]] = []
    for bit in bits:
        first, *rest = bit.text.split("\n")
        runs.append((first, bit.is_gap))
        for text in rest:
            yield from _trimmed(runs)
            runs = [(text, bit.is_gap)]
    yield from _trimmed(runs)


def _trimmed(runs: list[tuple[str, bool]]) -> Iterator[Runs]:
    """The runs as a paragraph without space at its ends; none where nothing is left."""
    kept = [(text, bold) for text, bold in runs if text]
    if "".join(text for text, _ in kept).strip():
        kept[0] = kept[0][0].lstrip(), kept[0][1]
        kept[-1] = kept[-1][0].rstrip(), kept[-1][1]
        yield tuple(kept)


def _table(lines: list[_Line]) -> Table:
    shares = _shares(lines[0])
    rows = [_cells(line) for line in lines[1 if shares else 0 :]]
    columns = max(map(len, rows), default=0)
    spanned = ((*row[:-1], replace(row[-1], colspan=columns - len(row) + 1)) if row else row for row in rows)
    return Table(tuple(spanned), shares=shares, form=True)


def _shares(line: _Line) -> tuple[int, ...]:
    own = "".join(bit.text if isinstance(bit, _Bit) and bit.is_own else "?" for bit in line)
    found = [cell.strip() for cell in own.strip().strip("|").split("|")]
    return tuple(map(int, found)) if all(re.fullmatch("[1-9][0-9]?", cell) for cell in found) else ()


def _cells(line: _Line) -> tuple[Cell, ...]:
    cells: list[list[_Bit]] = [[]]
    for bit in line:
        if isinstance(bit, _Bit) and bit.is_own:
            first, *rest = bit.text.split("|")
            cells[-1].append(replace(bit, text=first))
            cells += [[replace(bit, text=text)] for text in rest]
        elif isinstance(bit, _Bit):
            cells[-1].append(bit)
    return tuple(_cell(cell) for cell in cells[1:-1])


def _cell(bits: list[_Bit]) -> Cell:
    """A cell of the template's own words alone is a label: centred."""
    is_label = all(bit.is_own for bit in bits)
    texts = [bit.text.replace(_NEW_LINE, "\n") if bit.is_own else bit.text for bit in bits]
    texts[0] = texts[0].lstrip(" ")
    texts[-1] = texts[-1].rstrip(" ")
    runs = tuple((text, bit.is_gap) for text, bit in zip(texts, bits, strict=True) if text)
    return Cell(runs, centred=is_label and "□" not in texts[0] and "\n" not in texts[0])
