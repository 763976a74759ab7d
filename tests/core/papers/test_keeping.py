"""A document comes back from JSON as it was, whatever it is made of."""

from __future__ import annotations

import json
from datetime import date

import pytest

from gongkai.papers.keeping import kept, told
from gongkai.papers.paper import (
    Cell,
    Heading,
    ListBlock,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Rule,
    Seal,
    Table,
)

RUNS = (("周某", True), ("：\n你好", False))
PAPER = Paper(
    title="答复书",
    blocks=(
        Heading(1, "一、"),
        Paragraph(RUNS, flush=True),
        ListBlock(ordered=True, items=((Paragraph(RUNS), ListBlock(False, ((Rule(cut=True),),))),)),
        Table(((Cell(RUNS, colspan=2, centred=True),),), header_rows=1, shares=(1, 2), form=True),
        Picture(b"\x89PNG\0", "图", caption="图1"),
        PageBreak(),
        Seal(("某局", "2025年9月16日")),
    ),
    issuer="某局",
    number="测〔2025〕1号",
    made_on=date(2025, 9, 16),
    facts=(("名称", "值"),),
    letterhead="某局",
)


def test_a_document_survives_json() -> None:
    assert told(json.loads(json.dumps(kept(PAPER), ensure_ascii=False))) == PAPER


@pytest.mark.parametrize("data", [{}, {"is": "Rule", "cut": False}, {"is": "Nothing"}, {"is": "Paper"}])
def test_what_is_no_document_is_not_taken_for_one(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no document"):
        told(data)
