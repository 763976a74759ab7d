"""What an older site's page becomes here: a document, an interpretation, a meeting, or the body's guide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from wagtail.documents.models import Document
from wagtail.models import Page

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.blocks import one_line
from gongkai.web.publishing.choices import (
    HOLDS_DOCUMENTS,
    Article20Item,
    ColumnKind,
    Effectiveness,
    Genre,
    InterpretationForm,
    MeetingKind,
    NormativeKind,
    Topic,
)
from gongkai.web.publishing.importing.pages import OldPage
from gongkai.web.publishing.models import (
    ColumnPage,
    DocumentAttachment,
    DocumentPage,
    InterpretationPage,
    InterpretedDocument,
    MeetingDocument,
    MeetingPage,
)

# The first word that occurs decides.
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
_FORMS = (
    ("发布会", InterpretationForm.PRESS),
    ("吹风会", InterpretationForm.BRIEFING),
    ("访谈 直播", InterpretationForm.LIVE),
    ("动漫 动画 H5", InterpretationForm.ANIMATION),
    ("视频", InterpretationForm.VIDEO),
    ("问答 一问一答 热点问题", InterpretationForm.QUESTIONS),
    ("专家", InterpretationForm.EXPERT),
    ("媒体 记者", InterpretationForm.MEDIA),
    ("负责人 局长 主任 县长", InterpretationForm.HEAD),
    ("图解 图文 一图", InterpretationForm.TEXT_AND_PICTURE),
)
_MEETINGS = (
    ("常务", MeetingKind.EXECUTIVE),
    ("全体", MeetingKind.PLENARY),
    ("专题", MeetingKind.SPECIAL),
)
_COUNT = "[〇零一二三四五六七八九十百\\d]+"
_SITTING = re.compile(f"第{_COUNT}届第{_COUNT}次|第{_COUNT}次")
_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
_NUMBER = re.compile(r"([一-鿿]{2,12})(〔\d{4}〕\d{1,4}号)")
_NAMED = re.compile(r"《([^《》]{4,120})》")


class Refused(Exception):
    """A page that cannot be placed; `str()` says why, in Chinese."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What an old page brings: its facts, its body and files as kept here, the documents it links to."""

    old: OldPage
    agency: Agency
    body: list[tuple[str, Any]]
    files: list[Document]
    linked: list[DocumentPage]
    note: Callable[[str], None]

    @property
    def heading(self) -> str:
        """Its old column and its title."""
        return f"{self.old.fact('column')} {self.old.fact('title')}"

    @property
    def published_on(self) -> date:
        """The day it was published.

        Raises:
            Refused: it says none.
        """
        day = self.old.day("published_on") or self.old.day("made_on")
        if day is None:
            raise Refused("没有发布日期，也没有成文日期。")
        return day

    @property
    def text(self) -> str:
        """Its words as one line."""
        return one_line(*(value.source for kind, value in self.body if kind == "text"))


def kind_of(old: OldPage) -> ColumnKind:
    """Return the kind of column that the old column's name speaks of."""
    default = ColumnKind.POLICIES if old.fact("document_number") else ColumnKind.CONTENT
    return _first(_COLUMNS, old.fact("column"), default)


def new_page(kind: ColumnKind) -> Page:
    """Return an unsaved page of the kind that such a column holds.

    Raises:
        Refused: the column is not filled from an older site.
    """
    if kind in HOLDS_DOCUMENTS:
        return DocumentPage()
    if kind == ColumnKind.INTERPRETATIONS:
        return InterpretationPage()
    if kind == ColumnKind.MEETINGS:
        return MeetingPage()
    raise Refused(f"对应“{kind.label}”，该栏目的内容请在本站录入。")


def fill(page: Page, given: Given) -> None:
    """Write what an old page brings into the page it becomes here.

    Raises:
        Refused: something is missing that the page cannot do without.
    """
    if not given.old.fact("title"):
        raise Refused("没有标题。")
    if not any(kind in ("text", "table") for kind, _ in given.body):
        raise Refused("没有找到正文。")
    if isinstance(page, ColumnPage):
        _fill_guide(page, given)
        return
    page.title = page.draft_title = given.old.fact("title")[:255]
    page.published_on = given.published_on
    page.body = given.body
    if isinstance(page, DocumentPage):
        _fill_document(page, given)
        return
    page.body += [("attachment", {"file": file, "title": ""}) for file in given.files]
    found = documents_of(given)
    if isinstance(page, InterpretationPage):
        _fill_interpretation(page, given, found)
    else:
        _fill_meeting(page, given, found)


def _fill_guide(page: ColumnPage, given: Given) -> None:
    """Make the old guide's words the column's own; a column holds words only."""
    page.body = "".join(value.source for kind, value in given.body if kind == "text")
    if len(given.body) > sum(kind == "text" for kind, _ in given.body) or given.files:
        given.note("指南中的表格、图片和附件没有收入，请在编辑页面补上")
    if not page.body:
        raise Refused("没有找到正文。")


def _fill_interpretation(page: InterpretationPage, given: Given, found: list[DocumentPage]) -> None:
    form = _first(_FORMS, given.heading, None)
    page.form = form or InterpretationForm.TEXT_AND_PICTURE
    if form is None:
        given.note(f"没有写明解读形式，暂作“{InterpretationForm.TEXT_AND_PICTURE.label}”，请核对")
    page.interpreted = [InterpretedDocument(document=one, sort_order=at) for at, one in enumerate(found)]
    if not found:
        given.note("没有认出所解读的文件，存为草稿，请在编辑页面选择")


def _fill_meeting(page: MeetingPage, given: Given, found: list[DocumentPage]) -> None:
    page.kind = _first(_MEETINGS, given.heading, MeetingKind.OTHER)
    sitting = _SITTING.search(given.old.fact("title"))
    page.number = sitting[0] if sitting else ""
    held_on = _day_in(f"{given.old.fact('title')} {given.text}", given.published_on)
    page.held_on = held_on or given.published_on
    if held_on is None:
        given.note("没有写明召开日期，暂同发布日期，请核对")
    page.related_documents = [MeetingDocument(document=one, sort_order=at) for at, one in enumerate(found)]


def _day_in(text: str, published_on: date) -> date | None:
    """Return the first day in a text that is not after its publication, which lends it the year."""
    for year, month, day in _DAY.findall(text):
        try:
            found = date(int(year or published_on.year), int(month), int(day))
            if not year and found > published_on:
                found = found.replace(year=found.year - 1)
        except ValueError:
            continue
        if found <= published_on:
            return found
    return None


def documents_of(given: Given) -> list[DocumentPage]:
    """Return the documents a page is about: those it links to, else those it names by number, by title.

    A title that several documents have says nothing. The body's own documents go before others that are
    public.
    """
    if given.linked:
        return given.linked
    words = f"{given.old.fact('title')} {given.text}"
    numbered = [page for mention in _NUMBER.findall(words) for page in _numbered(given.agency, *mention)]
    names = _NAMED.findall(given.old.fact("title"))
    named = [page for name in names for page in _only(_found(given.agency, _titled(name)))]
    return list(dict.fromkeys(numbered or named))


def _numbered(agency: Agency, words: str, rest: str) -> list[DocumentPage]:
    """Return the documents of a number, which begins somewhere in the words before its year."""
    numbers = [f"{words[at:]}{rest}" for at in range(len(words) - 1)]
    found = _found(agency, Q(document_number__in=numbers))
    longest = max((page.document_number for page in found), key=len, default="")
    return [page for page in found if page.document_number == longest]


def _titled(name: str) -> Q:
    return Q(title=name) | Q(title__contains=f"《{name}》")


def _found(agency: Agency, test: Q) -> list[DocumentPage]:
    own = list(DocumentPage.objects.filter(test, agency=agency).order_by("pk")[:20])
    return own or list(DocumentPage.objects.disclosed().filter(test).order_by("pk")[:20])


def _only(pages: list[DocumentPage]) -> list[DocumentPage]:
    return pages if len(pages) == 1 else []


def _fill_document(page: DocumentPage, given: Given) -> None:
    old = given.old
    page.made_on = old.day("made_on") or page.published_on
    if old.day("made_on") is None:
        given.note("没有成文日期，暂同发布日期，请核对")
    page.document_number = old.fact("document_number")[:80]
    page.issuer = "" if old.fact("issuer") == given.agency.name else old.fact("issuer")[:200]
    page.keywords = " ".join(old.fact("keywords").replace("，", " ").replace(",", " ").split())[:120]
    page.topic = _named(Topic, old.fact("topic"))
    page.genre = _named(Genre, old.fact("genre"))
    _fill_validity(page, old)
    page.article20_item = _first(_ITEMS, given.heading, Article20Item.OTHER)
    page.attachments = [DocumentAttachment(document=file) for file in given.files]
    if page.pk is None:
        page.index_number = _free_number(old.fact("index_number"))


def _free_number(number: str) -> str:
    if len(number) > 40:
        raise Refused("索引号超过40个字符。")
    if number and DocumentPage.objects.filter(index_number=number).exists():
        raise Refused(f"索引号 {number} 已经用于另一件信息。")
    return number


def _fill_validity(page: DocumentPage, old: OldPage) -> None:
    stated = old.fact("validity")
    page.effectiveness = _first(_VALIDITIES, stated, Effectiveness.NOT_APPLICABLE)
    page.effective_from, page.repealed_on = old.day("effective_from"), old.day("repealed_on")
    is_normative = "规范性文件" in old.fact("column") and page.document_number and stated
    page.normative_kind = NormativeKind.NORMATIVE if is_normative else ""


def _first(table: Iterable[tuple[str, Any]], text: str, default: Any) -> Any:
    """Return the value of the first line of a table one of whose words occurs in the text."""
    return next((value for words, value in table if any(word in text for word in words.split())), default)


def _named(choices: type[Topic] | type[Genre], text: str) -> str:
    """Return the choice whose label, or a part of whose label, occurs in the text; blank if none does."""
    for value, label in choices.choices:
        if value != "other" and any(part in text for part in label.split("、")):
            return str(value)
    return ""
