"""What a letter says of remedies cites only law that was in force on its day."""

from __future__ import annotations

import pytest
from cases import day

from gongkai.law.remedies import Body, BodyKind, remedies
from gongkai.law.sources import FS2025, XZFY

NAMES = {"government": "霁川县人民政府", "upper": "上一级机关"}


@pytest.mark.parametrize("kind", BodyKind)
def test_a_letter_of_before_2024_cites_no_article_of_the_new_law(kind: BodyKind) -> None:
    body = Body(name="某机关", kind=kind, **NAMES)
    (part,) = remedies("denied.third_party", on=day("2023-12-29"), body=body)
    of_law = [source for source in part.sources if source.instrument is XZFY]
    assert [(source.article, source.words) for source in of_law] == [(None, "（2017年修正）")]


def test_the_judicial_interpretation_is_cited_only_since_it_applies() -> None:
    body = Body(name="霁川县财政局", kind=BodyKind.LOCAL_DEPARTMENT, **NAMES)
    for on, cited in (("2025-05-30", False), ("2025-06-03", True)):
        (part,) = remedies("denied.third_party", on=day(on), body=body)
        assert (FS2025.art(1) in part.sources) is cited
