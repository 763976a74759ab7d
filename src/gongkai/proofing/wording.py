"""Commonly miswritten words, and names of bodies that have been renamed."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.proofing.drafts import Passage
from gongkai.proofing.registry import Hit, Level, Reading, at, checks
from gongkai.proofing.vocabulary import Wording

_TITLE_LENGTH = 80


@checks("WD01", "用词", "“{words}”应作“{suggestion}”{note}，应当核对改正。", level=Level.WARN)
def words_are_written_rightly(reading: Reading) -> Iterator[Hit]:
    """不出现词表所列的误写；例外词语不在此列，书名号内的仅对确定的误写提示。"""
    yield from _hits(reading, is_former_name=False)


@checks(
    "WD02",
    "机构旧称",
    "“{words}”是机构改革前的名称，请核对是否改为“{suggestion}”{note}，说历史时前加“原”字。",
    level=Level.WARN,
)
def bodies_have_their_present_names(reading: Reading) -> Iterator[Hit]:
    """机构用现行名称；冠以“原”字的和书名号内的不在此列。"""
    yield from _hits(reading, is_former_name=True)


def _hits(reading: Reading, *, is_former_name: bool) -> Iterator[Hit]:
    whole = "\n".join(passage.text for passage in reading.draft.prose)
    chosen = [w for w in reading.wordings if w.is_former_name is is_former_name and w.wrong in whole]
    chosen.sort(key=lambda wording: -len(wording.wrong))
    for passage in reading.draft.prose:
        taken: set[int] = set()
        for wording in chosen:
            for start in _places(passage.text, wording):
                end = start + len(wording.wrong)
                if start in taken or end - 1 in taken or not _stands(passage, wording, start):
                    continue
                taken.update(range(start, end))
                level = Level.BLOCK if wording.is_certain else None
                note = f"（{wording.note}）" if wording.note else ""
                yield at(passage, start, end, suggestion=wording.right, level=level, note=note)


def _places(text: str, wording: Wording) -> Iterator[int]:
    start = text.find(wording.wrong)
    while start >= 0:
        yield start
        start = text.find(wording.wrong, start + len(wording.wrong))


def _stands(passage: Passage, wording: Wording, start: int) -> bool:
    """Whether the wrong form at a place is meant: no longer word, no title, no former name called so."""
    text = passage.text
    for exception in wording.exceptions:
        place = start - exception.index(wording.wrong)
        if place >= 0 and text.startswith(exception, place):
            return False
    if wording.is_former_name and start and text[start - 1] in "原前":
        return False
    return wording.is_certain or not _is_inside_title(text, start)


def _is_inside_title(text: str, start: int) -> bool:
    left = max(0, start - _TITLE_LENGTH)
    return text.rfind("《", left, start) > text.rfind("》", left, start)
