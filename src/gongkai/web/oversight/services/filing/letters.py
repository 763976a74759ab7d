"""The letter with which a report is returned: what is wrong, where, and by when it is to come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from gongkai.papers.paper import (
    Block,
    Cell,
    Heading,
    Paper,
    PaperError,
    Paragraph,
    Seal,
    Table,
    long_date,
    plain,
)
from gongkai.papers.pdf import write_pdf
from gongkai.web.oversight.choices import Act
from gongkai.web.oversight.models import Filing, ReportEvent
from gongkai.web.oversight.services.acting import Refused

_HEADER = ("序号", "类别", "位置", "问题")
_SHARES = (2, 2, 6, 12)


def letter_of(filing: Filing, on: date) -> Paper:
    """Return the letter of a filing that was returned on a day, of nothing but what the filing keeps.

    The findings are `deciding.findings_to_name`'s.
    """
    collection = filing.member.collection
    return Paper(
        title=f"关于退回修改{collection.year}年政府信息公开工作年度报告的通知",
        blocks=tuple(_blocks(filing, on)),
        issuer=collection.agency.name,
        made_on=on,
    )


def _blocks(filing: Filing, on: date) -> Iterator[Block]:
    collection = filing.member.collection
    filed_on = long_date(timezone.localtime(filing.filed_at).date())
    yield Paragraph(plain(f"{filing.member.agency.name}："))
    yield Paragraph(
        plain(
            f"你单位{filed_on}报送的{collection.year}年政府信息公开工作年度报告（第{filing.report.version}版）"
            "已收到。经审核，该报告需要修改，现予退回。有关事项通知如下："
        )
    )
    yield Heading(1, "一、退回意见")
    for line in filter(None, map(str.strip, filing.reason.splitlines())):
        yield Paragraph(plain(line))
    yield Heading(1, "二、需要核实修改的问题")
    if filing.findings:
        yield Paragraph(plain(f"审核发现{len(filing.findings)}处问题，请逐条核实："))
        yield _table(filing)
    else:
        yield Paragraph(plain("自动核查没有发现其他问题。"))
    yield Heading(1, "三、重新报送")
    yield Paragraph(
        plain(
            f"请于{long_date(filing.due_on)}前修改后重新报送。经核实认为不属于问题的，请在重新报送时说明理由。"
        )
    )
    # A block of its own keeps the signature on the page of the last lines.
    yield Seal((collection.agency.name, long_date(on)))


def _table(filing: Filing) -> Table:
    header = tuple(Cell(((name, True),), centred=True) for name in _HEADER)
    rows = (
        (
            Cell(plain(str(number)), centred=True),
            Cell(plain(each["level"]), centred=True),
            Cell(plain(each["place"])),
            Cell(plain(f"{each['message']}（{each['code']}）")),
        )
        for number, each in enumerate(filing.findings, 1)
    )
    return Table((header, *rows), header_rows=1, shares=_SHARES)


def letter_as_sent(filing: Filing) -> Paper:
    """Return the letter of the filing's last return, also where it was accepted after all."""
    returns = ReportEvent.objects.filter(
        act=Act.RETURNED, report=filing.report_id, collection=filing.member.collection_id
    )
    at = returns.order_by("-sequence").values_list("at", flat=True).first() or filing.decided_at
    return letter_of(filing, timezone.localtime(at).date())


def letter_pdf(filing: Filing) -> bytes:
    """Return the letter as a PDF file.

    Raises:
        Refused: typst or any Chinese face is missing on this machine.
    """
    try:
        return write_pdf(letter_as_sent(filing))
    except PaperError as error:
        raise Refused(str(error)) from error
