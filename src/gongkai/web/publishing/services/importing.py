"""Taking over the pages of an older site, saved in a folder, into the columns of a body's section.

A page is known again by its path in the folder: unchanged it is passed over, changed it becomes a new draft
version, whoever has edited it here since then keeps their version. What was done is in the page's history.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry
from wagtail.rich_text import RichText

from gongkai.web.agencies.models import Agency, User
from gongkai.web.publishing.blocks import one_line
from gongkai.web.publishing.choices import HOLDS_DOCUMENTS, ColumnKind
from gongkai.web.publishing.importing.body import Picture, Table, Text
from gongkai.web.publishing.importing.files import Unfit, content_at, document_of, page_at, picture_of
from gongkai.web.publishing.importing.pages import OldPage, read
from gongkai.web.publishing.models import ColumnPage, DocumentPage, InterpretationPage
from gongkai.web.publishing.services.import_targets import Given, Refused, fill, kind_of, new_page

ACTION = "publishing.import"
_UNCHANGED = "没有变化"
_PAGES = frozenset({".html", ".htm", ".shtml"})
_MB = 1024 * 1024
LARGEST_PAGE = 5 * _MB
# Pages of these columns point at documents, which are placed before them.
_ABOUT_OTHERS = frozenset({ColumnKind.INTERPRETATIONS, ColumnKind.MEETINGS})


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
    lines: list[Line] = []
    waiting: list[_Task] = []
    placed = {source: before.page for source, before in earlier.items()}
    with transaction.atomic() if dry_run else nullcontext():
        for path in _saved_pages(folder):
            source = path.relative_to(folder).as_posix()
            task = _Task(folder, path, source, agency, by, public, dry_run, columns, earlier.get(source))
            if task.is_about_others():
                waiting.append(task)
            else:
                lines.append(task.done(placed))
        lines += [task.done(placed) for task in waiting]
        if dry_run:
            transaction.set_rollback(True)
            lines = [replace(line, page=None) for line in lines]
    return sorted(lines, key=lambda line: line.source)


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
    _old: OldPage | None = field(init=False, default=None)
    _data: bytes = field(init=False, default=b"")

    def is_about_others(self) -> bool:
        """Read the page, and return whether it may point at documents, so that they are placed first."""
        self.line = Line(source=self.source, outcome=Outcome.UNPLACED)
        with self._reporting():
            if self.path.stat().st_size > LARGEST_PAGE:
                raise Refused(f"网页超过 {LARGEST_PAGE // _MB} MB。")
            self._data = self.path.read_bytes()
            self._old = read(self._data)
            self.line.title = self._old.fact("title")
        return self._old is not None and kind_of(self._old) in _ABOUT_OTHERS

    def done(self, placed: dict[str, int]) -> Line:
        """Place the page, each in a transaction of its own, and return what became of it.

        Args:
            placed: what pages of the folder have become here, by path; this one is added.
        """
        if self._old is not None:
            with self._reporting(), transaction.atomic():
                self._place(self._old, placed)
            self._old, self._data = None, b""
        if self.line.page is not None:
            placed[self.source] = self.line.page
        return self.line

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except Refused as refused:
            self.line.outcome, self.line.reason = Outcome.UNPLACED, str(refused)
        except ValidationError as error:
            self.line.outcome, self.line.reason = Outcome.UNPLACED, "；".join(error.messages)
        except (OSError, DatabaseError, ValueError) as error:
            self.line.outcome, self.line.reason = Outcome.UNPLACED, f"不能读取或者保存：{error}"

    def _place(self, old: OldPage, placed: Mapping[str, int]) -> None:
        files = self._files(old)
        digest = hashlib.sha256(self._data)
        for _, content in sorted(files.items()):
            digest.update(hashlib.sha256(content).digest())
        kind = kind_of(old)
        page = self._known(digest.hexdigest()) if self.before else self._new(kind, placed)
        if page is None:
            return
        fill(page, self._given(old, files, placed))
        revision = self._save(page, kind)
        self.line.page = page.pk
        facts = {"source": self.source, "digest": digest.hexdigest(), "agency": self.agency.pk}
        log(page, ACTION, user=self.by, data=facts | {"revision": revision}, content_changed=True)

    def _new(self, kind: ColumnKind, placed: Mapping[str, int]) -> Page:
        """Return the page to fill: a new one, or the column itself for the guide."""
        if kind == ColumnKind.GUIDE:
            column = self._column(kind)
            if column.pk in placed.values() or one_line(column.get_latest_revision_as_object().body):
                raise Refused("本站的公开指南已有内容，不覆盖。")
            return column.get_latest_revision_as_object()
        page = new_page(kind)
        page.owner, page.live, page.has_unpublished_changes = self.by, False, True
        page.slug = f"jiu-{hashlib.sha256(self.source.encode()).hexdigest()[:12]}"
        return page

    def _known(self, digest: str) -> Page | None:
        """Return the version to go on from; None where nothing is due, which the line then says."""
        page = Page.objects.filter(pk=self.before.page).first() if self.before else None
        reason = ""
        if page is None or self.before is None:
            reason = "导入后在本站删除，不再导入"
        elif self.before.digest == digest:
            reason = _UNCHANGED
        elif page.latest_revision_id != self.before.revision:
            reason = "导入后在本站修改过，不覆盖"
        elif page.specific.workflow_in_progress:
            reason = "正在审核，不覆盖"
        if reason or page is None:
            self.line.outcome, self.line.reason = Outcome.SKIPPED, reason
            return None
        return page.specific.get_latest_revision_as_object()

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

    def _given(self, old: OldPage, files: dict[str, bytes], placed: Mapping[str, int]) -> Given:
        linked = (page_at(address, self.folder, self.path) for address in old.links)
        numbers = [placed[source] for source in dict.fromkeys(linked) if source in placed]
        documents = DocumentPage.objects.in_bulk(numbers)
        return Given(
            old=old,
            agency=self.agency,
            body=self._body(old, files),
            files=[
                document_of(one.name, one.address, files[one.address], self.by)
                for one in old.files
                if one.address in files and not self.dry_run
            ],
            linked=[documents[number] for number in numbers if number in documents],
            note=self.line.notes.append,
        )

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

    def _column(self, kind: ColumnKind) -> ColumnPage:
        default = self.columns.get(ColumnKind.CONTENT) if kind in HOLDS_DOCUMENTS else None
        column = self.columns.get(kind) or default
        if column is None:
            raise Refused(f"该机关没有“{kind.label}”栏目。")
        self.line.column = column.title
        return column

    def _save(self, page: Page, kind: ColumnKind) -> int:
        """Save the page, public or as a draft, or its new version; return the version's number."""
        if page.pk is None:
            self.line.outcome = Outcome.PLACED
            if self.public and not (isinstance(page, InterpretationPage) and not page.interpreted.all()):
                page.live, page.has_unpublished_changes = True, False
                page.first_published_at = page.last_published_at = _midnight(page.published_on)
            self._column(kind).add_child(instance=page)
            return int(page.save_revision(user=self.by, changed=False).pk)
        self.line.outcome = Outcome.UPDATED if self.before else Outcome.PLACED
        page.full_clean()
        revision = page.save_revision(user=self.by)
        if self.public and self.before is None:
            revision.publish()
        return int(revision.pk)


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
