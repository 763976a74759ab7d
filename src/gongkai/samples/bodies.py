"""The invented bodies the samples are reports of: a county on no map, its city, its offices and townships."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a body is; decides what its report covers and must say."""

    GOVERNMENT = "government"
    OFFICE = "office"
    DEPARTMENT = "department"
    TOWNSHIP = "township"


@dataclass(frozen=True, kw_only=True)
class Body:
    """A body that reports: `own` is how its prose speaks of itself, `requests` what it gets in a usual year.

    `permits`, `penalties`, `coercion` and `fees` (万元) are the usual year's size of Table 2; `documents` its
    normative documents in force; `makes_rules` whether it may make 规章.
    """

    name: str
    kind: Kind
    own: str
    place: str
    requests: int
    documents: int = 0
    permits: int = 0
    penalties: int = 0
    coercion: int = 0
    fees: int = 0
    makes_rules: bool = False


COUNTY = "霁川县"
CITY = "泽衡市"


def _office(
    name: str,
    *,
    requests: int,
    documents: int,
    permits: int = 0,
    penalties: int = 0,
    coercion: int = 0,
    fees: int = 0,
) -> Body:
    return Body(
        name=COUNTY + name,
        kind=Kind.DEPARTMENT,
        own="我局",
        place="全局",
        requests=requests,
        documents=documents,
        permits=permits,
        penalties=penalties,
        coercion=coercion,
        fees=fees,
    )


BODIES = (
    Body(
        name="泽衡市人民政府",
        kind=Kind.GOVERNMENT,
        own="我市",
        place="全市",
        requests=4000,
        documents=420,
        permits=1_600_000,
        penalties=2_400_000,
        coercion=18_000,
        fees=52_000,
        makes_rules=True,
    ),
    Body(
        name="霁川县人民政府",
        kind=Kind.GOVERNMENT,
        own="我县",
        place="全县",
        requests=310,
        documents=46,
        permits=84_000,
        penalties=31_000,
        coercion=720,
        fees=4_300,
    ),
    Body(
        name="霁川县人民政府办公室",
        kind=Kind.OFFICE,
        own="县政府办公室",
        place="县政府",
        requests=48,
        documents=12,
    ),
    _office("发展和改革局", requests=16, documents=6, permits=210),
    _office("教育局", requests=11, documents=4, permits=38, penalties=2, fees=640),
    _office("公安局", requests=22, documents=2, permits=24_000, penalties=17_500, coercion=560, fees=310),
    _office("自然资源局", requests=64, documents=5, permits=1_900, penalties=26, fees=2_700),
    _office("市场监督管理局", requests=19, documents=3, permits=12_400, penalties=480, coercion=35, fees=22),
    _office("卫生健康局", requests=7, documents=2, permits=930, penalties=74),
    _office("财政局", requests=9, documents=5, permits=41),
    Body(
        name="霁川县栖桐镇人民政府",
        kind=Kind.TOWNSHIP,
        own="我镇",
        place="全镇",
        requests=5,
        permits=120,
        penalties=9,
    ),
    Body(
        name="霁川县映荷街道办事处",
        kind=Kind.TOWNSHIP,
        own="街道",
        place="街道",
        requests=3,
        permits=60,
        penalties=4,
    ),
)


def body(name: str) -> Body:
    """Return the body of that name, or one of the usual size for what the name says it is."""
    for each in BODIES:
        if each.name == name:
            return each
    if name.endswith(("镇人民政府", "乡人民政府", "街道办事处")):
        return Body(name=name, kind=Kind.TOWNSHIP, own="本机关", place="辖区", requests=4, permits=80)
    if name.endswith("人民政府"):
        return Body(
            name=name,
            kind=Kind.GOVERNMENT,
            own="本机关",
            place="全域",
            requests=200,
            documents=30,
            permits=40_000,
            penalties=9_000,
            coercion=200,
            fees=1_900,
        )
    kind = Kind.OFFICE if name.endswith(("办公室", "办公厅")) else Kind.DEPARTMENT
    return Body(name=name, kind=kind, own="本机关", place="本系统", requests=12, documents=3, permits=90)
