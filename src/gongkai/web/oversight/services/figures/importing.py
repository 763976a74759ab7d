"""Monthly figures from a spreadsheet: what it would change is shown before anything is kept."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import PurePath

from django.core import signing
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from gongkai.papers.sheets import write_xlsx
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.spreadsheets import grids_guarded
from gongkai.web.agencies.models import Agency, User
from gongkai.web.oversight.models import FigureFile, MonthlyFigure
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.figures import monthly
from gongkai.web.oversight.services.figures.access import check_may_enter, last_row
from gongkai.web.oversight.services.figures.monthly import ITEMS, MONTHS, Place
from gongkai.web.oversight.services.figures.tabulating import Tabulated, tabulate

MAX_BYTES = 2 * 1024 * 1024
EXTENSIONS = (".xlsx", ".xls", ".et", ".ods", ".csv", ".txt")
_SALT = "gongkai.oversight.figures"
_KEPT_FOR = timedelta(hours=12)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A cell that the file would change."""

    item: monthly.Item
    month: int
    old: Decimal | None
    new: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a file says and would change; `token` carries it to the confirmation, nothing is kept yet.

    `unclear` and `doubts` are Chinese sentences: cells that are left as they are, and what to look at.
    """

    name: str
    changes: tuple[Change, ...]
    same: int
    unclear: tuple[str, ...]
    doubts: tuple[str, ...]
    token: str


def template(agency: Agency, year: int) -> bytes:
    """Return the table to fill in, as XLSX, with what is known already."""
    known = monthly.values_of(agency, year)
    rows = []
    for month in MONTHS:
        found = (known.get((code, month)) for code in ITEMS)
        rows.append([f"{month}月", *(row.value if row else None for row in found)])
    header = [f"{year}年", *(item.heading for item in ITEMS.values())]
    return write_xlsx(f"{year}年月度数据", header, rows, [10, 16, 16, 16, 24])


def preview(*, agency: Agency, year: int, data: bytes, name: str, by: User, now: datetime) -> Preview:
    """Read a spreadsheet and say what it would change.

    Raises:
        PermissionDenied: the person does not enter the body's numbers.
        Refused: the file cannot be read, or no month and item are found in it.
    """
    check_may_enter(by, agency)
    table = _read(data, name, year, timezone.localdate(now))
    now_there = monthly.changes(agency, year, table.values)
    changes = tuple(
        Change(item=ITEMS[code], month=month, old=old, new=new)
        for (code, month), (old, new) in sorted(now_there.items(), key=_by_month)
    )
    token = signing.dumps(
        {
            "agency": agency.pk,
            "year": year,
            "by": by.pk,
            "name": _bare(name),
            "seen": last_row(MonthlyFigure, agency, year),
            "data": base64.b64encode(data).decode(),
        },
        salt=_SALT,
        compress=True,
    )
    return Preview(
        name=_bare(name),
        changes=changes,
        same=len(table.values) - len(changes),
        unclear=table.unclear,
        doubts=table.doubts,
        token=token,
    )


def _by_month(entry: tuple[Place, object]) -> tuple[int, int]:
    (code, month), _ = entry
    return month, list(ITEMS).index(code)


def _read(data: bytes, name: str, year: int, today: date) -> Tabulated:
    if not data:
        raise Refused("文件是空的，请检查后重新选择。")
    if len(data) > MAX_BYTES:
        raise Refused(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请只保留月度数据后再试。")
    try:
        grids = grids_guarded(data, name)
    except Unreadable as error:
        raise Refused(str(error)) from error
    tables = [tabulate(grid.rows, year, monthly.open_months(year, today)) for grid in grids]
    found = [table for table in tables if table is not None]
    if not found:
        raise Refused(
            "没有在文件中找到月份和项目。第一列应当是“1月”至“12月”，表头应当有行政许可、行政处罚、行政强制、"
            "行政事业性收费；可以先下载模板再填写。"
        )
    if len(found) > 1:
        raise Refused("文件里有几个工作表都像是月度数据，请只保留一个再导入。")
    return found[0]


@transaction.atomic
def import_figures(*, agency: Agency, year: int, token: str, by: User, now: datetime) -> int:
    """Write what the preview showed, keeping the file as its source; return how many cells changed.

    Raises:
        PermissionDenied: the person does not enter the body's numbers.
        Refused: the preview is too old or not this one's, nothing would change, or somebody saved meanwhile.
    """
    check_may_enter(by, agency)
    kept = _unpacked(token, agency, year, by)
    data = base64.b64decode(kept["data"])
    table = _read(data, str(kept["name"]), year, timezone.localdate(now))
    if not monthly.changes(agency, year, table.values):
        raise Refused("文件中的数据与已有数据相同，没有需要导入的内容。")
    file = _keep(data, str(kept["name"]), agency, by, now)
    try:
        return monthly.save_figures(
            agency=agency, year=year, values=table.values, by=by, now=now, seen=int(kept["seen"]), file=file
        )
    except BaseException:
        file.file.storage.delete(file.file.name)
        raise


def _unpacked(token: str, agency: Agency, year: int, by: User) -> Mapping[str, str | int]:
    try:
        kept: dict[str, str | int] = signing.loads(token, salt=_SALT, max_age=_KEPT_FOR)
    except signing.BadSignature:
        raise Refused("预览已过期，请重新上传文件。") from None
    if (kept["agency"], kept["year"], kept["by"]) != (agency.pk, year, by.pk):
        raise Refused("预览的不是这个机关、这一年的数据，请重新上传文件。")
    return kept


def _keep(data: bytes, name: str, agency: Agency, by: User, now: datetime) -> FigureFile:
    digest = hashlib.sha256(data).hexdigest()
    file = FigureFile(agency=agency, name=name, sha256=digest, size=len(data), by=by, at=now)
    suffix = PurePath(name).suffix.lower()
    # The stored name holds nothing of the stranger's own but a checked extension.
    file.file.save(f"figures/{digest}{suffix if suffix in EXTENSIONS else ''}", ContentFile(data), save=False)
    try:
        file.save()
    except BaseException:
        file.file.storage.delete(file.file.name)
        raise
    return file


def _bare(name: str) -> str:
    bare = PurePath(name.replace("\\", "/")).name or "未命名"
    return "".join(c for c in bare if c.isprintable())[-200:]
