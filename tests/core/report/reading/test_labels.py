"""The search for labels: every way to write one is found, also where a look at two characters decides."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.reading.tables.labels import TABLE2, TABLE3, find


@pytest.mark.parametrize(("table", "code"), [(2, code) for code in TABLE2] + [(3, code) for code in TABLE3])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_way_to_write_a_label_is_found(data: st.DataObject, table: int, code: str) -> None:
    written = data.draw(st.from_regex({2: TABLE2, 3: TABLE3}[table][code], fullmatch=True))
    blank = data.draw(st.sampled_from(["", " ", "\n", "\x1f"]))
    found = find("。" + blank.join(written), 0, len(written) * 2 + 1, table)
    assert [(label.code, label.start) for label in found[:1]] == [(code, 1)]


def test_numbers_before_a_label_are_not_taken_for_its_ordinal() -> None:
    found = find("0\x1f1\x1f2\x1f3\x1f1.信访举报", 0, 13, 3)
    assert [(label.code, label.start) for label in found] == [("declined.petition", 8)]
