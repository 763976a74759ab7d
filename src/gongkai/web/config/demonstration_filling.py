"""The demonstration's documents on its portal: pages, their lives, what explains and collects them."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.utils.html import escape
from wagtail.documents.models import Document

from gongkai.web.agencies.models import User
from gongkai.web.config.demonstration_documents import (
    BENEFITS,
    DOCUMENTS,
    GAZETTES,
    INDEX_NUMBERS,
    INTERPRETATIONS,
    MEETINGS,
)
from gongkai.web.config.demonstration_documents.forms import (
    GOVERNMENT,
    SUBDISTRICT,
    TOWN,
    Block,
    SampleDocument,
)
from gongkai.web.publishing.choices import (
    Article20Item,
    ColumnKind,
    Effectiveness,
    NormativeKind,
    ValidityAct,
)
from gongkai.web.publishing.models import (
    AgendaItem,
    Benefit,
    BodyPage,
    CatalogueItem,
    ColumnPage,
    DocumentAttachment,
    DocumentPage,
    GazetteEntry,
    GazettePage,
    InterpretationPage,
    InterpretedDocument,
    MeetingDocument,
    MeetingPage,
)
from gongkai.web.publishing.services import catalogue, validity

Pages = Mapping[str, DocumentPage]
# The sample gazette came out before the samples begin.
_FIRST_SERIAL = 31


def fill_documents(by: User) -> None:
    """Save every sample document and what belongs to it."""
    catalogue.load_standard(by=by)
    columns = {
        (page.agency.name, column.kind): column
        for page in BodyPage.objects.select_related("agency")
        for column in page.columns()
    }
    pages = {sample.key: _document(sample, columns) for sample in DOCUMENTS}
    _lives(pages, by)
    _explanations(pages, columns)
    for sample in BENEFITS:
        Benefit.objects.create(
            document=pages[sample.document],
            title=sample.title,
            audience=sample.audience,
            condition=sample.condition,
            amount=sample.amount,
            deadline=sample.deadline,
            how=sample.how,
            where=sample.where,
        )


def _document(sample: SampleDocument, columns: Mapping[tuple[str, str], ColumnPage]) -> DocumentPage:
    page = DocumentPage(
        title=sample.title,
        slug=sample.key,
        index_number=INDEX_NUMBERS[sample.key],
        document_number=sample.number,
        made_on=sample.made_on,
        published_on=sample.published_on,
        first_public_on=sample.published_on,
        article20_item=sample.item20 or Article20Item.OTHER,
        catalogue_item=_catalogue_item(sample),
        topic=sample.topic,
        genre=sample.genre,
        keywords=" ".join(sample.keywords)[:120],
        abstract=sample.abstract,
        body=pieces(sample.body),
        normative_kind=NormativeKind.NORMATIVE if sample.normative else "",
        effectiveness=Effectiveness.IN_FORCE if sample.normative else Effectiveness.NOT_APPLICABLE,
        effective_from=sample.effective_from,
        valid_until=sample.valid_until,
    )
    columns[sample.agency, sample.column].add_child(instance=page)
    if sample.attachment:
        file = Document(title=sample.attachment.name)
        file.file.save(f"{sample.key}.txt", ContentFile(sample.attachment.text.encode()), save=False)
        file._set_document_file_metadata()
        file.save()
        DocumentAttachment.objects.create(page=page, document=file)
    return page


def _catalogue_item(sample: SampleDocument) -> CatalogueItem:
    """The entry of the catalogue the document falls under: that of art. 21 if one is named."""
    if sample.item21:
        group = "21-02" if sample.agency in (TOWN, SUBDISTRICT) else "21-01"
        found = CatalogueItem.objects.filter(code__startswith=group, title=sample.item21.value).first()
        if found:
            return found
    item = sample.item20 or Article20Item.OTHER
    telling = (code for word, code in _ENTRIES.get(item, ()) if word in sample.title)
    return CatalogueItem.objects.get(code=next(telling, f"20-{item:02}-01"))


# By a word of the title; what none tells goes under the item's first entry.
_ENTRIES: Mapping[int, tuple[tuple[str, str], ...]] = {
    Article20Item.RULES: (("", "20-01-02"),),
    Article20Item.ORGANISATION: (("负责人", "20-02-04"), ("办公", "20-02-03"), ("机构设置", "20-02-02")),
    Article20Item.PLANS: (("规划", "20-03-01"), ("方案", "20-03-02"), ("", "20-03-03")),
    Article20Item.STATISTICS: (("公报", "20-04-01"), ("", "20-04-02")),
    Article20Item.LICENSING: (("结果", "20-05-02"), ("指南", "20-05-01"), ("", "20-05-03")),
    Article20Item.PENALTIES: (("", "20-06-02"),),
    Article20Item.BUDGET: (("部门", "20-07-02"),),
    Article20Item.PROCUREMENT: (("实施", "20-09-02"), ("结果", "20-09-02")),
    Article20Item.PROJECTS: (("进展", "20-10-02"), ("实施", "20-10-02")),
    Article20Item.LIVELIHOOD: (
        ("学", "20-11-02"),
        ("教", "20-11-02"),
        ("医", "20-11-03"),
        ("疫苗", "20-11-03"),
        ("就业", "20-11-05"),
        ("", "20-11-04"),
    ),
    Article20Item.EMERGENCIES: (("预案", "20-12-01"), ("预警", "20-12-02"), ("", "20-12-03")),
    Article20Item.SUPERVISION: (
        ("水", "20-13-01"),
        ("卫生", "20-13-02"),
        ("食品", "20-13-04"),
        ("产品", "20-13-05"),
        ("", "20-13-03"),
    ),
    Article20Item.RECRUITMENT: (("结果", "20-14-02"), ("名单", "20-14-02")),
}


def pieces(blocks: tuple[Block, ...]) -> list[tuple[str, object]]:
    """Return a sample's blocks as the value of a body: runs of text, and tables."""
    found: list[tuple[str, object]] = []
    text: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            text.append(f"<p>{escape(block)}</p>")
        elif isinstance(block[1], str):
            text.append(f"<h2>{escape(block[1])}</h2>")
        else:
            found += [("text", "".join(text))] if text else []
            found.append(("table", _table(block[1])))
            text = []
    return [*found, ("text", "".join(text))] if text else found


def _table(rows: tuple[tuple[str, ...], ...]) -> dict[str, object]:
    head, *others = rows
    return {
        "columns": [{"type": "text", "heading": cell} for cell in head],
        "rows": [{"values": list(row)} for row in others],
        "caption": "",
    }


def _lives(pages: Pages, by: User) -> None:
    for sample in DOCUMENTS:
        for act, change in (
            (ValidityAct.AMENDED, sample.amended_by),
            (ValidityAct.PARTLY_REPEALED, sample.partly_repealed_by),
            (ValidityAct.REPEALED, sample.repealed_by),
        ):
            if change:
                validity.change_validity(
                    document=pages[sample.key],
                    act=act,
                    on=change.on,
                    by=by,
                    through=pages[change.by],
                    provisions=change.provisions,
                )


def _explanations(pages: Pages, columns: Mapping[tuple[str, str], ColumnPage]) -> None:
    for sample in INTERPRETATIONS:
        page = InterpretationPage(
            title=sample.title,
            slug=sample.key,
            form=sample.form,
            published_on=sample.published_on,
            body=pieces(sample.body),
        )
        page.interpreted = [InterpretedDocument(document=pages[sample.document])]
        columns[sample.agency, ColumnKind.INTERPRETATIONS].add_child(instance=page)
    for meeting in MEETINGS:
        page = MeetingPage(
            title=meeting.title,
            slug=meeting.key,
            kind=meeting.kind,
            number=meeting.number,
            held_on=meeting.held_on,
            published_on=meeting.published_on,
            body=pieces((meeting.brief,)),
            agenda=[AgendaItem(title=title, sort_order=n) for n, title in enumerate(meeting.agenda)],
        )
        page.related_documents = [
            MeetingDocument(document=pages[key], sort_order=n) for n, key in enumerate(meeting.documents)
        ]
        columns[GOVERNMENT, ColumnKind.MEETINGS].add_child(instance=page)
    in_order = sorted(GAZETTES, key=lambda issue: issue.issued_on)
    for serial, issue in enumerate(in_order, _FIRST_SERIAL):
        page = GazettePage(
            title=f"{GOVERNMENT}公报{issue.year}年第{issue.number}期",
            slug=issue.key,
            year=issue.year,
            number=issue.number,
            serial=serial,
            published_on=issue.issued_on,
            entries=[
                GazetteEntry(document=page, heading=_heading(page), sort_order=n)
                for n, page in enumerate(sorted((pages[key] for key in issue.documents), key=_heading))
            ],
        )
        columns[GOVERNMENT, ColumnKind.GAZETTE].add_child(instance=page)


def _heading(page: DocumentPage) -> str:
    return "县政府文件" if page.agency.is_government else "部门文件"
