"""Taking over the pages of an older site, saved in a folder, as documents of a body's section.

A page is known again by its path in the folder: unchanged it is passed over, changed it becomes a new draft
version, whoever has edited it here since then keeps their version. What was done is in the page's history.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import PageLogEntry
from wagtail.rich_text import RichText

from gongkai.web.agencies.models import Agency, User
from gongkai.web.publishing.choices import (
    HOLDS_DOCUMENTS,
    Article20Item,
    ColumnKind,
    Effectiveness,
    Genre,
    NormativeKind,
    Topic,
)
from gongkai.web.publishing.importing.body import Picture, Table, Text
from gongkai.web.publishing.importing.files import Unfit, content_at, document_of, picture_of
from gongkai.web.publishing.importing.pages import OldPage, read
from gongkai.web.publishing.models import ColumnPage, DocumentAttachment, DocumentPage

ACTION = "publishing.import"
_UNCHANGED = "没有变化"
_PAGES = frozenset({".html", ".htm", ".shtml"})
_MB = 1024 * 1024
LARGEST_PAGE = 5 * _MB
# The first word that occurs decides; a column of its own kind of pages takes no documents.
_COLUMNS = (
    ("指南", ColumnKind.GUIDE),
    ("年度报告", ColumnKind.ANNUAL_REPORTS),
    ("年报", ColumnKind.ANNUAL_REPORTS),
    ("依申请", ColumnKind.ON_REQUEST),
    ("解读", ColumnKind.INTERPRETATIONS),
    ("公报", ColumnKind.GAZETTE),
    ("会议", ColumnKind.MEETINGS),
    ("制度", ColumnKind.RULES),
    ("文件", ColumnKind.POLICIES),
    ("规章", ColumnKind.POLICIES),
)
_ITEMS = (
    ("预案 应急 预警 突发", Article20Item.EMERGENCIES),
    ("预算 决算 财政", Article20Item.BUDGET),
    ("采购", Article20Item.PROCUREMENT),
    ("收费", Article20Item.CHARGES),
    ("处罚 强制", Article20Item.PENALTIES),
    ("许可 审批 服务事项", Article20Item.LICENSING),
    ("统计", Article20Item.STATISTICS),
    ("规划 计划", Article20Item.PLANS),
    ("招考 招录 录用 考录", Article20Item.RECRUITMENT),
    ("重大项目 重大建设", Article20Item.PROJECTS),
    ("监督检查 抽检 安全生产 环境保护 公共卫生", Article20Item.SUPERVISION),
    ("教育 医疗 社会保障 就业 扶贫 救助 养老", Article20Item.LIVELIHOOD),
    ("职能 机构 领导 联系方式", Article20Item.ORGANISATION),
    ("规范性 规章 文件", Article20Item.RULES),
)
_VALIDITIES = (
    ("部分", Effectiveness.PARTLY_REPEALED),
    ("废止", Effectiveness.REPEALED),
    ("失效", Effectiveness.LAPSED),
    ("无效", Effectiveness.LAPSED),
    ("修改", Effectiveness.AMENDED),
    ("修订", Effectiveness.AMENDED),
    ("有效", Effectiveness.IN_FORCE),
)


class Refused(Exception):
    """A page that cannot be placed; `str()` says why, in Chinese."""


class Outcome(StrEnum):
    """What became of a page."""

    PLACED = "新增"
    UPDATED = "更新"
    SKIPPED = "跳过"
    UNPLACED = "未能放置"


@dataclass(kw_only=True)
class Line:
    """A page of the folder, what became of it, why, and what to look at."""

    source: str
    outcome: Outcome
    title: str = ""
    column: str = ""
    reason: str = ""
    page: int | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Before:
    """What an earlier run made of a page."""

    page: int
    digest: str
    revision: int | None


def import_site(
    *, folder: Path, agency: Agency, by: User, public: bool = False, dry_run: bool = False
) -> list[Line]:
    """Place the saved pages of a folder in the body's columns and return what became of each.

    New pages are drafts for review; with `public`, for what the old site had disclosed after its review, they
    are public as they were. Changed ones are always drafts. With `dry_run` nothing is kept, and files are
    looked at, not taken in.

    Raises:
        Refused: the body has no section.
    """
    columns = {page.kind: page for page in _columns(agency)}
    if not columns:
        raise Refused("该机关在门户中没有专栏。")
    folder = folder.resolve()
    earlier = _earlier(agency)
    lines = []
    for path in _saved_pages(folder):
        source = path.relative_to(folder).as_posix()
        task = _Task(folder, path, source, agency, by, public, dry_run, columns, earlier.get(source))
        lines.append(task.done())
    return lines


def counts(lines: Sequence[Line]) -> dict[str, int]:
    """Return how many pages came to which end."""
    found = Counter(line.outcome for line in lines)
    return {outcome.value: found[outcome] for outcome in Outcome}


def _columns(agency: Agency) -> Sequence[ColumnPage]:
    section = getattr(agency, "body_page", None)
    return ColumnPage.objects.child_of(section) if section else ()


def _earlier(agency: Agency) -> dict[str, Before]:
    """Return what the body's earlier runs made, by path in the folder."""
    entries = PageLogEntry.objects.filter(action=ACTION, data__agency=agency.pk).order_by("timestamp", "pk")
    return {
        data["source"]: Before(page=page, digest=data["digest"], revision=data["revision"])
        for page, data in entries.values_list("page_id", "data")
    }


def _saved_pages(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _PAGES and path.is_file() and path.resolve().is_relative_to(folder):
            yield path


@dataclass
class _Task:
    """One page on its way into the section."""

    folder: Path
    path: Path
    source: str
    agency: Agency
    by: User
    public: bool
    dry_run: bool
    columns: dict[str, ColumnPage]
    before: Before | None
    line: Line = field(init=False)
    _target: ColumnPage = field(init=False)

    def done(self) -> Line:
        """Place the page, each in a transaction of its own, and return what became of it."""
        self.line = Line(source=self.source, outcome=Outcome.UNPLACED)
        try:
            with transaction.atomic():
                self._place()
                if self.dry_run:
                    transaction.set_rollback(True)
        except Refused as refused:
            self.line.outcome, self.line.reason = Outcome.UNPLACED, str(refused)
        except ValidationError as error:
            self.line.outcome, self.line.reason = Outcome.UNPLACED, "；".join(error.messages)
        except (OSError, DatabaseError, ValueError) as error:
            self.line.outcome, self.line.reason = Outcome.UNPLACED, f"不能读取或者保存：{error}"
        return self.line

    def _place(self) -> None:
        if self.path.stat().st_size > LARGEST_PAGE:
            raise Refused(f"网页超过 {LARGEST_PAGE // _MB} MB。")
        data = self.path.read_bytes()
        old = read(data)
        self.line.title = old.fact("title")
        files = self._files(old)
        digest = hashlib.sha256(data)
        for _, content in sorted(files.items()):
            digest.update(hashlib.sha256(content).digest())
        page = self._known(digest.hexdigest())
        if self.line.outcome == Outcome.SKIPPED:
            return
        self._fill(page, old, files)
        revision = self._save(page)
        self.line.page = None if self.dry_run else page.pk
        facts = {"source": self.source, "digest": digest.hexdigest(), "agency": self.agency.pk}
        log(page, ACTION, user=self.by, data=facts | {"revision": revision}, content_changed=True)

    def _known(self, digest: str) -> DocumentPage:
        """Return the version to go on from, or a new page; mark the line where nothing is due."""
        if self.before is None:
            return DocumentPage(owner=self.by, live=False, has_unpublished_changes=True)
        page = DocumentPage.objects.filter(pk=self.before.page).first()
        reason = ""
        if page is None:
            reason = "导入后在本站删除，不再导入"
        elif self.before.digest == digest:
            reason = _UNCHANGED
        elif page.latest_revision_id != self.before.revision:
            reason = "导入后在本站修改过，不覆盖"
        elif page.workflow_in_progress:
            reason = "正在审核，不覆盖"
        if reason or page is None:
            self.line.outcome, self.line.reason = Outcome.SKIPPED, reason
            return DocumentPage()
        return page.get_latest_revision_as_object()

    def _files(self, old: OldPage) -> dict[str, bytes]:
        """Return what the page offers and shows, by address; note what cannot be taken in."""
        pictures = [(piece.address, True) for piece in old.pieces if isinstance(piece, Picture)]
        found: dict[str, bytes] = {}
        for address, is_picture in [*((one.address, False) for one in old.files), *pictures]:
            try:
                found[address] = content_at(address, self.folder, self.path, is_picture=is_picture)
            except Unfit as unfit:
                self.line.notes.append(f"{'图片' if is_picture else '附件'} {address[:80]} 没有收入：{unfit}")
        return found

    def _body(self, old: OldPage, files: dict[str, bytes]) -> list[tuple[str, Any]]:
        body: list[tuple[str, Any]] = []
        for piece in old.pieces:
            if isinstance(piece, Text):
                body.append(("text", RichText(piece.html)))
            elif isinstance(piece, Table):
                body.append(("table", _table(piece)))
            elif piece.address in files and not self.dry_run:
                image = picture_of(piece.words, piece.address, files[piece.address], self.by)
                image.contextual_alt_text, image.decorative = piece.words, not piece.words
                body.append(("picture", image))
        return body

    def _fill(self, page: DocumentPage, old: OldPage, files: dict[str, bytes]) -> None:
        if not old.fact("title"):
            raise Refused("没有标题。")
        if not any(isinstance(piece, Text | Table) for piece in old.pieces):
            raise Refused("没有找到正文。")
        published = old.day("published_on") or old.day("made_on")
        if published is None:
            raise Refused("没有发布日期，也没有成文日期。")
        page.title = page.draft_title = old.fact("title")[:255]
        page.published_on = published
        page.made_on = old.day("made_on") or published
        if old.day("made_on") is None:
            self.line.notes.append("没有成文日期，暂同发布日期，请核对")
        page.document_number = old.fact("document_number")[:80]
        page.issuer = "" if old.fact("issuer") == self.agency.name else old.fact("issuer")[:200]
        page.keywords = " ".join(old.fact("keywords").replace("，", " ").replace(",", " ").split())[:120]
        page.topic = _named(Topic, old.fact("topic"))
        page.genre = _named(Genre, old.fact("genre"))
        _fill_validity(page, old)
        column = f"{old.fact('column')} {page.title}"
        page.article20_item = next(
            (item for words, item in _ITEMS if any(word in column for word in words.split())),
            Article20Item.OTHER,
        )
        page.body = self._body(old, files)
        page.attachments = [
            DocumentAttachment(document=document_of(one.name, one.address, files[one.address], self.by))
            for one in old.files
            if one.address in files and not self.dry_run
        ]
        if page.pk is None:
            self._fill_new(page, old)

    def _fill_new(self, page: DocumentPage, old: OldPage) -> None:
        number = old.fact("index_number")
        if len(number) > 40:
            raise Refused("索引号超过40个字符。")
        if number and DocumentPage.objects.filter(index_number=number).exists():
            raise Refused(f"索引号 {number} 已经用于另一件信息。")
        page.index_number = number
        page.slug = f"jiu-{hashlib.sha256(self.source.encode()).hexdigest()[:12]}"
        self._target = self._column(old)

    def _column(self, old: OldPage) -> ColumnPage:
        name = old.fact("column")
        default = ColumnKind.POLICIES if old.fact("document_number") else ColumnKind.CONTENT
        kind = next((kind for word, kind in _COLUMNS if word in name), default)
        if kind not in HOLDS_DOCUMENTS:
            raise Refused(f"原栏目“{name}”对应“{kind.label}”，该栏目不收文件，请在本站录入。")
        column = self.columns.get(kind) or self.columns.get(ColumnKind.CONTENT)
        if column is None:
            raise Refused(f"该机关没有“{kind.label}”栏目。")
        self.line.column = column.title
        return column

    def _save(self, page: DocumentPage) -> int | None:
        """Save the page, public or as a draft, or its new version; return the version's number."""
        if page.pk is None:
            self.line.outcome = Outcome.PLACED
            if self.public:
                page.live, page.has_unpublished_changes = True, False
                page.first_published_at = page.last_published_at = _midnight(page.published_on)
            self._target.add_child(instance=page)
        else:
            self.line.outcome = Outcome.UPDATED
            page.full_clean()
        revision = page.save_revision(user=self.by, changed=self.line.outcome == Outcome.UPDATED)
        return int(revision.pk)


def _fill_validity(page: DocumentPage, old: OldPage) -> None:
    stated = old.fact("validity")
    page.effectiveness = next(
        (validity for word, validity in _VALIDITIES if word in stated), Effectiveness.NOT_APPLICABLE
    )
    page.effective_from, page.repealed_on = old.day("effective_from"), old.day("repealed_on")
    is_normative = "规范性文件" in old.fact("column") and page.document_number and stated
    page.normative_kind = NormativeKind.NORMATIVE if is_normative else ""


def _named(choices: type[Topic] | type[Genre], text: str) -> str:
    """Return the choice whose label, or a part of whose label, occurs in the text; blank if none does."""
    for value, label in choices.choices:
        if value != "other" and any(part in text for part in label.split("、")):
            return str(value)
    return ""


def _table(table: Table) -> dict[str, Any]:
    head, *others = table.rows
    return {
        "columns": [{"type": "text", "heading": cell} for cell in head],
        "rows": [{"values": list(row)} for row in others],
        "caption": "",
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def report(lines: Iterable[Line]) -> Iterator[str]:
    """Yield the report on a run, line by line, in Chinese."""
    every = list(lines)
    yield "　".join(f"{name} {count}" for name, count in counts(every).items())
    for line in every:
        if line.outcome == Outcome.SKIPPED and not line.notes and line.reason == _UNCHANGED:
            continue
        column = f"　→ {line.column}" if line.column else ""
        reason = f"　{line.reason}" if line.reason else ""
        yield f"[{line.outcome}] {line.source}　{line.title}{column}{reason}"
        yield from (f"    {note}" for note in line.notes)
