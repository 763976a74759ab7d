"""Who asks in the demonstration. Nobody is real: the region of the numbers does not exist, no phone rings."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.inforequests.choices import NATURAL_PERSON, IdentityKind
from gongkai.web.inforequests.services.registering import Person

_REGION = "990121"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_UNIFIED = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """The column of Table 3 and the person."""

    kind: str
    person: Person


def _checked(digits: str) -> str:
    """Add the check of an identity number (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def _coded(code: str) -> str:
    """Add the check of a unified code (GB 32100)."""
    total = sum(_UNIFIED.index(each) * pow(3, at, 31) for at, each in enumerate(code))
    return code + _UNIFIED[-total % 31]


def _citizen(number: int, name: str, born: str, address: str, **more: str) -> Applicant:
    person = Person(
        name=name,
        identity_kind=IdentityKind.ID_CARD,
        identity_number=_checked(f"{_REGION}{born}{number:03d}"),
        phone=f"1390000{number:04d}",
        address=f"霁川县{address}",
        **more,
    )
    return Applicant(kind=NATURAL_PERSON, person=person)


def _body(number: int, kind: str, name: str, contact: str, address: str) -> Applicant:
    person = Person(
        name=name,
        identity_kind=IdentityKind.UNIFIED_CODE,
        identity_number=_coded(f"93{_REGION}MC{number:07d}"),
        contact_person=contact,
        phone=f"1390001{number:04d}",
        email=f"lianxi{number}@jichuan.example",
        address=f"霁川县{address}",
    )
    return Applicant(kind=kind, person=person)


LIN = _citizen(11, "林栖野", "19840312", "溪畔路77号", email="lin@jichuan.example")
BAI = _citizen(23, "白予安", "19910725", "映荷街道藕塘巷5号")
QIAO = _citizen(34, "乔听澜", "19750908", "栖桐镇桐下村14号")
RONG = _citizen(42, "容照晚", "19880119", "云书路3号2单元", email="rong@jichuan.example")
MENG = _citizen(57, "孟行舟", "19690530", "栖桐镇柳浪村9号")
YE = _citizen(61, "叶知微", "19970204", "溪畔路120号", email="ye@jichuan.example")
SHEN = _citizen(78, "沈既白", "19820611", "映荷街道荷风苑6栋", agent_name="沈青禾")
GU = _citizen(85, "古岸生", "19520417", "栖桐镇渡口村2号")
NING = _citizen(90, "宁拾光", "19930829", "文峰路18号", email="ning@jichuan.example")
# Asks of one body more than ten times in a month.
TANG = _citizen(99, "唐数问", "19790115", "文峰路200号", email="tang@jichuan.example")
BUILDER = _body(101, "business", "霁川云阶建筑工程有限公司", "费明远", "工业园一路8号")
GROCER = _body(102, "business", "霁川谷满粮油商行有限公司", "米小满", "集贸大道31号")
FARM = _body(103, "business", "霁川青垄农业科技有限公司", "田野", "栖桐镇产业路1号")
INSTITUTE = _body(104, "research_institute", "泽衡县域治理研究院", "文思齐", "云书路66号")
WATERS = _body(105, "public_benefit_org", "霁川清溪环境保护协会", "江渔", "溪畔路9号")
LAWYERS = _body(106, "legal_service_org", "泽衡衡平律师事务所", "法慎言", "文峰路1号")
OWNERS = _body(107, "other", "荷风苑业主委员会", "楼望", "映荷街道荷风苑")
APPLICANTS = (
    LIN, BAI, QIAO, RONG, MENG, YE, SHEN, GU, NING, TANG, BUILDER, GROCER, FARM, INSTITUTE, WATERS, LAWYERS,
    OWNERS,
)  # fmt: skip
