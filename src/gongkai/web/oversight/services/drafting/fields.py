"""The facts a text may name: every cell worth naming, every registered fact, and what is worked out of them.

A number in the text is the number in the table because both are asked for here; nothing is typed twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from gongkai.report.compare import change
from gongkai.report.numerals import Number, number_in
from gongkai.report.schema import CellId, Report
from gongkai.report.writing.boxes import show_value
from gongkai.web.agencies.fact_sources import Fact, Parts, facts
from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.choices import Scope
from gongkai.web.oversight.models import Draft
from gongkai.web.oversight.services.drafting.cells import DraftCell
from gongkai.web.oversight.services.drafting.naming import CELLS, COMPOSED, CellName, Composed
from gongkai.web.oversight.services.drafting.scope import reporting

_AREAS = ("省", "市", "州", "地区", "盟", "县", "区", "旗", "镇", "乡", "苏木")
_OFFICES = {
    "街道办事处": "街道",
    "委员会": "委",
    "局": "局",
    "委": "委",
    "厅": "厅",
    "办公室": "办",
    "中心": "中心",
}
YEAR_ON_YEAR, SHARE = "·同比", "·占比·"
_HUNDREDTH = Decimal("0.01")
NOBODY_KNOWS = "还没有填报或者登记"


@dataclass(frozen=True, kw_only=True)
class Field:
    """A fact as a text may name it.

    `text` is how it is written, None where it is not known; then `why` says why. `number` is what it counts,
    None for words. `opens` is where its records stand, `cell` the cell of the form it is.
    """

    name: str
    group: str
    unit: str = ""
    text: str | None
    number: Number | None = None
    opens: str = ""
    cell: str = ""
    why: str = ""

    @property
    def is_known(self) -> bool:
        """Whether it can be written."""
        return self.text is not None

    @property
    def is_something(self) -> bool:
        """Whether it is known and not nothing."""
        return self.is_known and (self.number != 0 if self.number is not None else bool(self.text))


def self_name(agency: Agency) -> str:
    """Return what a body calls itself: 我局, 我县."""
    if agency.is_government:
        place = agency.name.removesuffix("人民政府").removesuffix("政府").removesuffix("行政公署")
        own = next((end for end in _AREAS if place.endswith(end)), "")
        return f"我{own}" if own else "本级政府"
    return next((f"我{own}" for end, own in _OFFICES.items() if agency.name.endswith(end)), "我单位")


def is_field(name: str) -> bool:
    """Whether there is a field of that name, known or not."""
    if name.endswith(YEAR_ON_YEAR):
        return _is_counted(name.removesuffix(YEAR_ON_YEAR))
    if SHARE in name:
        return all(_is_counted(each) or each in COMPOSED for each in name.split(SHARE, 1))
    return name in WORDS or name in COMPOSED or _is_counted(name)


def _is_counted(name: str) -> bool:
    return name in CELLS or name in facts()


class FieldBook:
    """The fields of a draft by name, each worked out when it is first asked for."""

    def __init__(
        self,
        *,
        draft: Draft,
        bodies: Sequence[Agency],
        cells: Mapping[CellId, DraftCell],
        last: Report | None,
    ) -> None:
        self.draft, self.bodies, self.cells, self.last = draft, bodies, cells, last
        self._facts = facts()
        self._known: dict[str, Field | None] = {}

    def find(self, name: str) -> Field | None:
        """Return the field of that name, None where there is none."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def offered(self) -> list[Field]:
        """Return every plain field for people to choose from; a fact no text has asked for is not counted."""
        cheap = [field for name in (*WORDS, *CELLS, *COMPOSED) if (field := self.find(name)) is not None]
        others = (fact for name, fact in self._facts.items() if name not in CELLS)
        return [*cheap, *(self._known.get(fact.name) or _uncounted(fact) for fact in others)]

    def _find(self, name: str) -> Field | None:
        if not is_field(name):
            return None
        if name.endswith(YEAR_ON_YEAR):
            return self._year_on_year(name.removesuffix(YEAR_ON_YEAR))
        if SHARE in name:
            return self._share(*name.split(SHARE, 1))
        if name in WORDS:
            said = WORDS[name](self.draft)
            why = "机关资料里没有填写" if said is None else ""
            return Field(name=name, group="机关和年度", text=said, why=why)
        if name in CELLS:
            return self._of_cells(CELLS[name])
        if name in COMPOSED:
            return self._composed(COMPOSED[name])
        return self._of_fact(self._facts[name])

    def _of_cells(self, named: CellName) -> Field:
        cells = [self.cells[cell] for cell in named.cells]
        numbers = [number_in(cell.value) for cell in cells]
        total = sum(known) if len(known := [n for n in numbers if n is not None]) == len(numbers) else None
        return Field(
            name=named.name,
            group=named.group,
            unit=named.unit,
            text=None if total is None else show_value(total),
            number=total,
            cell=str(cells[0].id) if len(cells) == 1 else "",
            opens=cells[0].counted.opens if len(cells) == 1 else _in_table(cells[0]),
            why="" if total is not None else next((c.counted.why for c in cells if c.counted.why), "空白"),
        )

    def _composed(self, composed: Composed) -> Field:
        parts = [(label, self._of_cells(CELLS[of])) for label, of in composed.parts]
        unknown = next((field for _, field in parts if field.number is None), None)
        if unknown is not None:
            return Field(name=composed.name, group=composed.group, text=None, why=unknown.why)
        told = [f"{label}{field.text}件" for label, field in parts if field.number]
        total = sum(field.number or 0 for _, field in parts)
        return Field(
            name=composed.name,
            group=composed.group,
            text="、".join(told) or "0件",
            number=total,
            opens=_in_table(self.cells[CELLS[composed.parts[0][1]].cells[0]]),
        )

    def _of_fact(self, fact: Fact) -> Field:
        counted = self._count(fact, self.draft.year)
        opens = fact.path(self.bodies, self.draft.year) or ""
        field = Field(name=fact.name, group=fact.group, unit=fact.unit, text=None, opens=opens)
        if counted is None:
            return replace(field, why=NOBODY_KNOWS)
        if isinstance(counted, int | Decimal):
            return replace(field, text=show_value(counted), number=counted)
        told = "、".join(f"{kind}{show_value(number)}{fact.unit}" for kind, number in counted)
        total = sum((number for _, number in counted), 0)
        return replace(field, unit="", text=told or f"0{fact.unit}", number=total)

    def _count(self, fact: Fact, year: int) -> Number | Parts | None:
        """Count a fact over all bodies; where closed ones never said, over those that were still to say."""
        counted = fact.counted(self.bodies, year)
        asked = reporting(self.bodies, year) if counted is None else self.bodies
        return fact.counted(asked, year) if len(asked) < len(self.bodies) else counted

    def _counted(self, name: str) -> Field:
        return self.find(name) or Field(name=name, group="", text=None)

    # What is worked out

    def _year_on_year(self, name: str) -> Field:
        now = self._counted(name)
        field = Field(name=f"{name}{YEAR_ON_YEAR}", group=now.group, text=None, opens=now.opens, why=now.why)
        if now.number is None:
            return field
        before, why = self._last_year(name)
        if before is None:
            return replace(field, why=why)
        return replace(field, text=_said_change(before, now.number, self._unit(name)))

    def _last_year(self, name: str) -> tuple[Number | None, str]:
        """Return the number of the year before, or why there is none.

        A cell's is that of last year's published report; of other facts, which no report holds as data, the
        register's.
        """
        year = self.draft.year - 1
        if self.last is None:
            return None, f"没有已公开的{year}年报告可以比较"
        if name not in CELLS:
            counted = self._count(self._facts[name], year)
            if counted is None:
                return None, f"{year}年的数没有登记"
            return (counted if isinstance(counted, int | Decimal) else sum(n for _, n in counted)), ""
        numbers = [self.last.number(cell) for cell in CELLS[name].cells]
        if None in numbers:
            return None, f"{year}年报告的这一格空白或者不能辨认"
        return sum(n for n in numbers if n is not None), ""

    def _unit(self, name: str) -> str:
        return CELLS[name].unit if name in CELLS else self._facts[name].unit

    def _share(self, name: str, of: str) -> Field:
        part, whole = self._counted(name), self._counted(of)
        field = Field(name=f"{name}{SHARE}{of}", group=part.group, text=None, why=part.why or whole.why)
        if part.number is None or whole.number is None:
            return field
        if not whole.number:
            return replace(field, why=f"{of}为0，没有占比")
        return replace(field, text=percent(part.number, whole.number))


def _uncounted(fact: Fact) -> Field:
    return Field(name=fact.name, group=fact.group, unit=fact.unit, text=None)


def _in_table(cell: DraftCell) -> str:
    """Where several cells make a number, the first of them in the table beside the text."""
    return f"#{cell.id}"


def percent(part: Number, whole: Number) -> str:
    """Return a share in per cent, two places, halves up.

    Source: domain practice (trap 30): exact fractions, each rounded for itself, never made to add up to 100.
    """
    share = (Decimal(part) * 100 / Decimal(whole)).quantize(_HUNDREDTH, ROUND_HALF_UP)
    return f"{share}%"


def _said_change(before: Number, now: Number, unit: str) -> str:
    found = change(CellId(0, "", ""), before, now)
    if found.difference is None or found.difference == 0:
        return "与上年持平"
    if found.percent is None:
        return f"上年为{show_value(before)}{unit}"
    word, rate = ("增加", "增长") if found.difference > 0 else ("减少", "下降")
    return f"比上年{word}{show_value(abs(found.difference))}{unit}，{rate}{abs(found.percent)}%"


def _area_of(draft: Draft) -> str:
    """Whose disclosure is counted beside the body's own; "" where it is only that."""
    return "" if draft.scope == Scope.OFFICE else f"{draft.agency.name}及其各部门、下级行政机关"


WORDS: Mapping[str, Callable[[Draft], str | None]] = {
    "机关": lambda draft: draft.agency.name,
    "本机关": lambda draft: self_name(draft.agency),
    "年度": lambda draft: str(draft.year),
    "上年度": lambda draft: str(draft.year - 1),
    "下年度": lambda draft: str(draft.year + 1),
    "统计范围": _area_of,
    "公开工作机构": lambda draft: draft.agency.disclosure_office or None,
    "机关地址": lambda draft: draft.agency.address or None,
    "机关电话": lambda draft: draft.agency.phone or None,
    "机关邮箱": lambda draft: draft.agency.email or None,
}
