"""A draft as it reads now: its cells, its words with the facts in place, and the report both make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.report import codec
from gongkai.report.cells import Cell
from gongkai.report.schema import SECTION_TITLES, CellId, Report, Section, SectionCode, edition_of
from gongkai.web.oversight.models import AnnualReport, Draft, DraftText
from gongkai.web.oversight.services.drafting.cells import DraftCell, counted_cells, is_unsettled, laid_over
from gongkai.web.oversight.services.drafting.fields import FieldBook
from gongkai.web.oversight.services.drafting.narrative import Filled, fill
from gongkai.web.oversight.services.drafting.scope import bodies_of
from gongkai.web.oversight.services.reports.auditing import as_registered

UNSETTLED = "成员报告的汇总数还没有确定（在“报送汇总”中确定）"
ORDER = (SectionCode.PREAMBLE, *SECTION_TITLES)
Texts = Mapping[SectionCode, str]


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """A draft read out. `report` is what was sent up, once it was; `last` last year's published report."""

    draft: Draft
    cells: Mapping[CellId, DraftCell]
    texts: Texts
    filled: Mapping[SectionCode, Filled]
    report: Report
    book: FieldBook
    last: AnnualReport | None

    @property
    def gaps(self) -> list[str]:
        """What is still wanting before it can be sent up, each once: cells without a number, then facts."""
        form = self.report.form
        cells = [f"{form.name(each.id)}（{each.counted.why or '空白'}）" for each in self.blank_cells]
        facts = dict.fromkeys(name for filled in self.filled.values() for name in filled.gaps)
        unsettled = [UNSETTLED] if is_unsettled(self.draft) else []
        return [*unsettled, *cells, *map(self._gap, facts)]

    def _gap(self, name: str) -> str:
        """A fact that is wanting, with the reason where there is one; a cue has none."""
        field = self.book.find(name)
        return f"{name}（{field.why}）" if field is not None and field.why else name

    @property
    def blank_cells(self) -> list[DraftCell]:
        """The cells without a number that nobody has left blank on purpose."""
        return [
            each
            for each in self.cells.values()
            if each.override is None and self.report.number(each.id) is None
        ]

    @property
    def left_out(self) -> list[str]:
        """The facts not known whose sentences fell away; what is worked out of them goes unnamed."""
        names = (name for filled in self.filled.values() for name in filled.left_out)
        return list(dict.fromkeys(name for name in names if "·" not in name))


def texts_of(draft: Draft) -> dict[SectionCode, str]:
    """Return the words of each section as last saved, facts standing in them as fields."""
    rows = DraftText.objects.filter(draft=draft).order_by("pk").values_list("section", "text")
    saved = dict(rows)
    return {code: saved.get(code.value, "") for code in ORDER}


def drafted(draft: Draft, texts: Texts | None = None) -> Drafted:
    """Return a draft read out.

    Args:
        texts: the words to read out instead of those saved.
    Raises:
        Refused: a field's brackets in those words do not pair.
    """
    cells = laid_over(draft, counted_cells(draft))
    last = published_last_year(draft)
    book = FieldBook(
        draft=draft, bodies=bodies_of(draft), cells=cells, last=as_registered(last) if last else None
    )
    words = texts if texts is not None else texts_of(draft)
    filled = {code: fill(words.get(code, ""), book.find) for code in ORDER}
    sent = codec.load(draft.frozen) if draft.frozen is not None else None
    return Drafted(
        draft=draft,
        cells=cells,
        texts=words,
        filled={code: _as_sent(each, code, sent) for code, each in filled.items()} if sent else filled,
        report=sent or _report(draft, cells, filled),
        book=book,
        last=last,
    )


def published_last_year(draft: Draft) -> AnnualReport | None:
    """Return the body's published report of the year before, which years are compared with."""
    earlier = AnnualReport.objects.published().filter(agency=draft.agency_id, year=draft.year - 1)
    return earlier.select_related("agency").first()


def title_of(draft: Draft) -> str:
    """Return the title of the report a draft is of."""
    return f"{draft.agency.name}{draft.year}年政府信息公开工作年度报告"


def _report(draft: Draft, cells: Mapping[CellId, DraftCell], filled: Mapping[SectionCode, Filled]) -> Report:
    return Report(
        agency=draft.agency.name,
        year=draft.year,
        edition=edition_of(draft.year),
        title=title_of(draft),
        cells={name: Cell(cell.value, how=cell.how) for name, cell in cells.items()},
        sections=tuple(
            Section(code=code, heading=SECTION_TITLES.get(code, ""), text=each.text)
            for code, each in filled.items()
        ),
    )


def _as_sent(filled: Filled, code: SectionCode, sent: Report) -> Filled:
    """The words that were sent up, with their facts marked where these still read the same."""
    section = sent.section(code)
    text = section.text if section else ""
    return filled if filled.text == text else Filled(text=text, marks=(), left_out=())
