"""A letter from the facts of a case, and what a template of an office's own lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files

from gongkai.law.practice import STRICT, Practice
from gongkai.law.remedies import RemedyPart
from gongkai.letters.facts import LetterFacts
from gongkai.letters.fields import BLOCKS, DETAILS, FLAGS, GIVEN, Field
from gongkai.letters.kinds import KINDS, Kind, Must
from gongkai.letters.template import Template, TemplateError, filled, parse
from gongkai.letters.values import flags_of, lacks_of, remedies_of, values_of
from gongkai.papers.paper import Paper, Seal

_DETAIL_NAMES = frozenset(field.name for field in DETAILS.values())
_NAMES = _DETAIL_NAMES | GIVEN.keys()


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter, and what it lacks: it may be shown, but not issued, while anything is `missing`.

    `remedies` are the paragraphs it tells; `file_name` is without ending and names no person.
    """

    kind: Kind
    paper: Paper
    missing: tuple[str, ...]
    remedies: tuple[RemedyPart, ...]
    file_name: str


def standard_template(kind: str) -> str:
    """Return the text of the template that comes with this package; an office's own begins as its copy.

    Raises:
        KeyError: no such kind.
    """
    return _packaged(KINDS[kind].code)


@cache
def _packaged(code: str) -> str:
    return (files("gongkai.letters") / "templates" / f"{code}.txt").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def _parsed(code: str, text: str) -> Template:
    """Take a template apart that has passed.

    Raises:
        TemplateError: it has not.
    """
    problems = check_template(code, text)
    if problems:
        raise TemplateError(problems)
    return parse(text)


def check_template(kind: str, text: str) -> tuple[str, ...]:
    """Return what is wrong with an office's own template, in Chinese; nothing if it may be used.

    Raises:
        KeyError: no such kind.
    """
    wanted = KINDS[kind]
    try:
        template = parse(text)
    except TemplateError as error:
        return error.problems
    return tuple(dict.fromkeys((*_misnamed(template), *_misplaced(text), *_lacking(template, wanted))))


def _misnamed(template: Template) -> Iterator[str]:
    for slot, choice in template.slots():
        if slot.name not in _NAMES:
            yield f"没有{{{slot.name}}}这个占位符{_near(slot.name, _NAMES)}"
        elif choice and choice.name == slot.name and not choice.when:
            yield f"{{{slot.name}}}写在没有{slot.name}时才出现的部分里"
    for choice in template.choices():
        if choice.name not in _NAMES | FLAGS.keys():
            yield f"选用部分的条件“{choice.name}”不存在{_near(choice.name, _NAMES | FLAGS.keys())}"


def _near(name: str, known: frozenset[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"，是不是{near[0]}？" if near else ""


def _misplaced(text: str) -> Iterator[str]:
    for line in text.splitlines():
        bare = re.sub(r"\[[?!][^\]]*\]|\[/\]", "", line).strip()
        for name in BLOCKS:
            if re.search(rf"\{{\s*{name}\s*[?？]?\s*\}}", bare) and not re.fullmatch(r"\{[^{}]*\}", bare):
                yield f"{{{name}}}是整段的内容，须独占一行"


def _lacking(template: Template, kind: Kind) -> Iterator[str]:
    shown = {
        slot.name
        for slot, choice in template.slots()
        if choice is None or (choice.name, choice.when) == (slot.name, True)
    }
    for must in kind.musts:
        absent = [slot for slot in must.slots if slot not in shown]
        if absent:
            wanted = "、".join(f"{{{slot}}}" for slot in absent)
            yield f"{kind.name}必须写明{must.name}：缺少{wanted}，或者它只在另有条件时才出现"
        elif must.words and not re.search(must.words, template.words(), re.MULTILINE):
            yield f"{kind.name}必须写明{must.name}：模板的固定文字里没有这一内容"


def compose(
    kind: str, facts: LetterFacts, *, template: str | None = None, practice: Practice = STRICT
) -> Letter:
    """Return the letter of a kind that the facts make, and what is still missing before it may be issued.

    Args:
        kind: a code of `KINDS`.
        facts: the case's and the clerk's.
        template: an office's own text instead of the one that comes with this package.
        practice: how the body answers the questions the law leaves open.
    Raises:
        KeyError: no such kind.
        TemplateError: the template is not one `check_template` passes.
    """
    wanted = KINDS[kind]
    parsed = _parsed(kind, standard_template(kind) if template is None else template)
    told = remedies_of(wanted, facts, practice)
    values = values_of(wanted, facts, practice, told)
    title, blocks, gaps = filled(parsed, values, flags_of(facts))
    needed = (must.name for must in wanted.musts if must.slots and not _is_met(must, values))
    missing = dict.fromkeys((*gaps, *needed, *lacks_of(wanted, facts, told)))
    headed = facts.letterhead and not wanted.is_internal
    paper = Paper(
        title=title or wanted.name,
        blocks=blocks,
        issuer=facts.body.name if any(isinstance(block, Seal) for block in blocks) else "",
        number=facts.number if wanted.style else "",
        letterhead=facts.body.name if headed else "",
    )
    name = "-".join(filter(None, (wanted.name, facts.number if wanted.style else facts.request_number)))
    return Letter(
        kind=wanted,
        paper=paper,
        missing=tuple(missing),
        remedies=told,
        file_name=re.sub(r"[\\/:*?\"<>|\s]", "", name),
    )


def details_of(kind: str, template: str | None = None) -> tuple[tuple[Field, bool], ...]:
    """Return what the clerk fills in for a letter, in the template's order, each with whether it must be.

    Raises:
        KeyError, TemplateError: as `compose`.
    """
    parsed = _parsed(kind, standard_template(kind) if template is None else template)
    needed = {must.slots[0] for must in KINDS[kind].musts if len(must.slots) == 1}
    found: dict[str, bool] = {}
    for slot, choice in parsed.slots():
        must_be = slot.name in needed or (choice is None and not slot.may_lack)
        found[slot.name] = found.get(slot.name, False) or must_be
    fields = {field.name: field for field in DETAILS.values()}
    return tuple((fields[name], must_be) for name, must_be in found.items() if name in fields)


def _is_met(must: Must, values: Mapping[str, object]) -> bool:
    return any(values.get(slot) for slot in must.slots)
