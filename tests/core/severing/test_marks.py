from __future__ import annotations

import json
import math

import pytest

from gongkai.severing import Mark, NotSeverable, dump_marks, load_marks, numbered


def mark(**changed: object) -> Mark:
    return Mark(**({"page": 1, "x0": 10.0, "y0": 20.0, "x1": 30.0, "y1": 40.0} | changed))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"page": 0}, "页码"),
        ({"x1": 10.0}, "宽度"),
        ({"y0": 41.0}, "高度"),
        ({"x0": math.nan}, "数字"),
        ({"x1": math.inf}, "数字"),
        ({"ground": "no_such"}, "no_such"),
        ({"reason": "长" * 201}, "200"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(changed: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        mark(**changed)


def test_reasons_are_numbered_as_a_reader_meets_them() -> None:
    marks = [
        mark(page=2, reason="乙", ground="trade_secret"),
        mark(page=1, y0=30.0, reason="甲"),
        mark(page=1, y0=25.0, x0=5.0),
        mark(page=3, reason="甲"),
        mark(page=3, reason="甲", ground="trade_secret"),
    ]
    assert numbered(marks) == {("甲", ""): 1, ("乙", "trade_secret"): 2, ("甲", "trade_secret"): 3}


def test_marks_come_back_from_json_as_they_went() -> None:
    marks = (mark(), mark(page=7, reason="个人信息", ground="personal_privacy"))
    assert load_marks(dump_marks(marks)) == marks
    assert load_marks(dump_marks(())) == ()


GOOD = {"page": 1, "x0": 1, "y0": 1, "x1": 2, "y1": 2}


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
        ("{}", "列表"),
        ([1], "第 1 处"),
        ([GOOD, {"page": 1}], "第 2 处"),
        ([GOOD | {"colour": "red"}], "第 1 处"),
        ([GOOD | {"page": 1.5}], "整数"),
        ([GOOD | {"page": True}], "整数"),
        ([GOOD | {"x0": "1"}], "数字"),
        ([GOOD | {"x1": 10**400}], "第 1 处"),
        ([GOOD | {"reason": 5}], "文字"),
        ([GOOD | {"x1": 0}], "宽度"),
        ([GOOD | {"ground": "no_such"}], "no_such"),
        ([GOOD] * 20_001, "20000"),
    ],
)
def test_a_list_that_is_none_is_refused_with_the_entry_s_number(entries: object, said: str) -> None:
    text = entries if isinstance(entries, str) else json.dumps(entries)
    with pytest.raises(NotSeverable, match=said):
        load_marks(text)
