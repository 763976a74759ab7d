"""The same answers from a child process, and its limits."""

from __future__ import annotations

import json

import pytest

from core.severing.making import PAGE, pdf_of
from gongkai.proofing import personal_data
from gongkai.severing import (
    Limits,
    Mark,
    NotSeverable,
    SeveranceFailed,
    find,
    locate,
    page_picture,
    sever,
    worker,
)
from gongkai.severing.guarded import find_guarded, locate_guarded, picture_guarded, sever_guarded

ORIGINAL = pdf_of(
    PAGE, b"BT /F 20 Tf 50 700 Td (11010519491231002X) Tj ET BT /F 20 Tf 50 600 Td (Zhang3) Tj ET"
)
MARKS = find(ORIGINAL, "Zhang3", reason="姓名", ground="personal_privacy")[:1]


def test_the_child_gives_what_the_same_process_gives() -> None:
    assert find_guarded(ORIGINAL, "zhang3", reason="姓名", ground="personal_privacy")[:1] == MARKS
    assert sever_guarded(ORIGINAL, MARKS) == sever(ORIGINAL, MARKS)
    assert picture_guarded(ORIGINAL, 2, 50) == page_picture(ORIGINAL, 2, 50)
    located = locate_guarded(ORIGINAL, personal_data, ground="personal_privacy")
    assert located == locate(ORIGINAL, personal_data, ground="personal_privacy")
    assert [mark.page for mark in located] == [2]


def test_a_refusal_comes_through_in_its_own_words() -> None:
    with pytest.raises(NotSeverable, match="已损坏"):
        sever_guarded(b"%PDF-1.7", MARKS)
    with pytest.raises(NotSeverable, match="只有 2 页"):
        picture_guarded(ORIGINAL, 3)
    with pytest.raises(NotSeverable, match="ValueError"):
        find_guarded(ORIGINAL, " ")


def test_a_child_over_its_time_or_memory_is_ended() -> None:
    with pytest.raises(NotSeverable, match="超过 -5 秒"):
        sever_guarded(ORIGINAL, MARKS, limits=Limits(seconds=-5))
    with pytest.raises(NotSeverable, match="内存上限"):
        sever_guarded(ORIGINAL, MARKS, limits=Limits(memory_mb=16))


def test_a_failed_severance_keeps_its_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise SeveranceFailed(("第 1 页有涂黑不完全的地方。",))

    monkeypatch.setattr(worker, "sever", fail)
    asked = {"do": "sever", "marks": "[]", "limits": {}, "dpi": 200, "listed": True}
    told, data = worker.answer(json.loads(json.dumps(asked)), ORIGINAL)
    assert (told, data) == ({"problems": ("第 1 页有涂黑不完全的地方。",)}, b"")


def test_memory_that_is_not_to_be_had_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> tuple[Mark, ...]:
        raise MemoryError

    monkeypatch.setattr(worker, "find", fail)
    told, _ = worker.answer({"do": "find", "text": "x", "reason": "", "ground": "", "limits": {}}, ORIGINAL)
    assert "内存" in told["refused"]
