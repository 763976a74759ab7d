"""What kind of body a name tells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from specimen import clean

from gongkai.report.auditing.bodies import Kind, kind_of, name_of


@pytest.mark.parametrize(
    ("agency", "kind"),
    [
        ("青禾县人民政府", Kind.GOVERNMENT),
        ("青禾县", Kind.GOVERNMENT),
        ("云岭景镇市人民政府", Kind.GOVERNMENT),
        ("云岭地区行政公署", Kind.GOVERNMENT),
        ("青禾县人民政府办公室", Kind.OFFICE),
        ("云岭市人民政府办公厅", Kind.OFFICE),
        ("青禾区政府办", Kind.OFFICE),
        ("青禾县白鹭镇人民政府", Kind.TOWNSHIP),
        ("云河街道办事处", Kind.TOWNSHIP),
        ("青禾经济技术开发区管委会", Kind.ZONE),
        ("云岭综合实验区", Kind.ZONE),
        ("白鹭洲生态园管理委员会", Kind.ZONE),
        ("云岭市国有资产监督管理委员会", Kind.DEPARTMENT),
        ("云岭市城市管理委员会", Kind.DEPARTMENT),
        ("青禾县水务局", Kind.DEPARTMENT),
        ("青禾县信访工作办公室", Kind.DEPARTMENT),
        ("青禾县人民医院", Kind.INSTITUTION),
        ("青禾县供水有限公司", Kind.INSTITUTION),
        ("白鹭", Kind.UNKNOWN),
        (None, Kind.UNKNOWN),
    ],
)
def test_the_end_of_the_name_tells_the_kind(agency: str | None, kind: Kind) -> None:
    assert kind_of(replace(clean(), agency=agency, title=None)) is kind


def test_the_title_names_the_body_where_the_report_does_not() -> None:
    assert name_of(replace(clean(), agency=None)) == "青禾县人民政府"
