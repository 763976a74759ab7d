"""The words of a section with facts standing in them as fields, in the little language of the letters.

{新收申请}                 the fact; where it is not known a gap, with which no draft leaves the desk
{新收申请?}                likewise, but left out where it is not known
[?新收申请]…[/]            only where it is known and not nothing
[!新收申请]…[/]            only where it is known to be nothing
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gongkai.letters.template import Choice, Slot, Template, TemplateError, parse
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.drafting.fields import Field

# A placeholder that asks for words instead of naming a fact.
CUE = "请"
_TITLE = "正文\n"
Find = Callable[[str], Field | None]
_Run = tuple[str, Field | str | None]
"""Words, and the field they are of; the name alone where it is a gap; None for the writer's own."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Words of a filled text that a field gave: their offsets, its name, the field unless it is a gap."""

    start: int
    end: int
    name: str
    field: Field | None

    @property
    def is_gap(self) -> bool:
        """Whether the fact is still wanting."""
        return self.field is None


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A section's text with the facts in place; `left_out` are facts not known whose sentences fell away."""

    text: str
    marks: tuple[Mark, ...]
    left_out: tuple[str, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """The facts still wanting, each once."""
        return tuple(dict.fromkeys(mark.name for mark in self.marks if mark.is_gap))


def taken_apart(text: str) -> Template | None:
    """Return a section's text taken apart, None where it is empty.

    Raises:
        Refused: a bracket has no other half, or parts stand within one another.
    """
    if not text.strip():
        return None
    try:
        return parse(_TITLE + text)
    except TemplateError as error:
        raise Refused(f"{'；'.join(error.problems)}。") from error


def names_in(text: str) -> Iterator[str]:
    """Yield the name of every field a text asks for, cues left out; Refused as `taken_apart`."""
    template = taken_apart(text)
    if template is None:
        return
    yield from (slot.name for slot, _ in template.slots() if not slot.name.startswith(CUE))
    yield from (choice.name for choice in template.choices())


def fill(text: str, find: Find) -> Filled:
    """Return a section's text with the facts in their places; lines left without words are dropped.

    Raises:
        Refused: as `taken_apart`.
    """
    template = taken_apart(text)
    if template is None:
        return Filled(text="", marks=(), left_out=())
    left_out: dict[str, None] = {}
    runs = list(_runs(template.parts, find, left_out))
    runs[0] = (runs[0][0].removeprefix(_TITLE), None)
    whole, marks, at = [], [], 0
    for line in filter(None, map(_trimmed, _lines(runs))):
        for words, of in line:
            if of is not None:
                name = of if isinstance(of, str) else of.name
                field = None if isinstance(of, str) else of
                marks.append(Mark(start=at, end=at + len(words), name=name, field=field))
            at += len(words)
        whole.append("".join(words for words, _ in line))
        at += 1
    return Filled(text="\n".join(whole), marks=tuple(marks), left_out=tuple(left_out))


def _runs(parts: Iterable[str | Slot | Choice], find: Find, left_out: dict[str, None]) -> Iterator[_Run]:
    for part in parts:
        if isinstance(part, str):
            yield part, None
        elif isinstance(part, Slot):
            yield from _of_slot(part, find)
        else:
            field = find(part.name)
            if field is None or not field.is_known:
                left_out[part.name] = None
            elif field.is_something is part.when:
                yield from _runs(part.parts, find, left_out)


def _of_slot(slot: Slot, find: Find) -> Iterator[_Run]:
    field = None if slot.name.startswith(CUE) else find(slot.name)
    if field is not None and field.text is not None:
        yield field.text, field
    elif not slot.may_lack:
        yield f"（待填：{slot.name}）", slot.name


def _lines(runs: Iterable[_Run]) -> Iterator[list[_Run]]:
    """Break at the writer's own line ends only: a value's stay within its line."""
    line: list[_Run] = []
    for words, of in runs:
        if of is not None:
            line.append((words, of))
            continue
        first, *rest = words.split("\n")
        line.append((first, None))
        for more in rest:
            yield line
            line = [(more, None)]
    yield line


def _trimmed(line: list[_Run]) -> list[_Run]:
    """The line without space at its ends; empty where no words are left in it."""
    kept = [run for run in line if run[0]]
    while kept and kept[0][1] is None and not kept[0][0].strip():
        kept.pop(0)
    while kept and kept[-1][1] is None and not kept[-1][0].strip():
        kept.pop()
    if kept and kept[0][1] is None:
        kept[0] = kept[0][0].lstrip(), None
    if kept and kept[-1][1] is None:
        kept[-1] = kept[-1][0].rstrip(), None
    return kept
