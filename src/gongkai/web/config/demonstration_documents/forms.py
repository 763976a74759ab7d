"""What the invented county's documents are made of, and how their texts are written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.web.publishing.choices import (
    Article20Item,
    Audience,
    ColumnKind,
    Genre,
    InterpretationForm,
    MeetingKind,
    Topic,
)

GOVERNMENT = "霁川县人民政府"
OFFICE = "霁川县人民政府办公室"
PLANNING = "霁川县发展和改革局"
EDUCATION = "霁川县教育局"
POLICE = "霁川县公安局"
LAND = "霁川县自然资源局"
MARKET = "霁川县市场监督管理局"
HEALTH = "霁川县卫生健康局"
FINANCE = "霁川县财政局"
TOWN = "霁川县栖桐镇人民政府"
SUBDISTRICT = "霁川县映荷街道办事处"
# In the order in which the county's bodies get their unified codes.
AGENCIES = (
    GOVERNMENT,
    OFFICE,
    PLANNING,
    EDUCATION,
    POLICE,
    LAND,
    MARKET,
    HEALTH,
    FINANCE,
    TOWN,
    SUBDISTRICT,
)


class Article21Item(StrEnum):
    """What R711 art. 21 adds for counties with their departments, and for townships."""

    MUNICIPAL_WORKS = "市政建设"
    PUBLIC_SERVICE = "公共服务"
    PUBLIC_WELFARE = "公益事业"
    LAND_EXPROPRIATION = "土地征收"
    HOUSING_EXPROPRIATION = "房屋征收"
    PUBLIC_SECURITY = "治安管理"
    SOCIAL_RELIEF = "社会救助"
    AGRICULTURAL_POLICY = "贯彻落实农业农村政策"
    IRRIGATION = "农田水利工程建设运营"
    LAND_TRANSFER = "农村土地承包经营权流转"
    HOMESTEADS = "宅基地使用情况审核"
    LEVIES = "筹资筹劳"


COUNTY_ITEMS = frozenset(
    {
        Article21Item.MUNICIPAL_WORKS,
        Article21Item.PUBLIC_SERVICE,
        Article21Item.PUBLIC_WELFARE,
        Article21Item.LAND_EXPROPRIATION,
        Article21Item.HOUSING_EXPROPRIATION,
        Article21Item.PUBLIC_SECURITY,
        Article21Item.SOCIAL_RELIEF,
    }
)
TOWNSHIP_ITEMS = frozenset(
    {
        Article21Item.AGRICULTURAL_POLICY,
        Article21Item.IRRIGATION,
        Article21Item.LAND_TRANSFER,
        Article21Item.HOMESTEADS,
        Article21Item.LAND_EXPROPRIATION,
        Article21Item.HOUSING_EXPROPRIATION,
        Article21Item.LEVIES,
        Article21Item.SOCIAL_RELIEF,
    }
)


class QueryKind(StrEnum):
    """What a labelled query tries of the search."""

    PHRASE = "exact phrase"
    CHARACTER = "one character"
    PREFIX = "prefix"
    NUMBER = "document number"
    INDEX = "index number"
    SYNONYM = "synonym"
    TYPO = "typo"
    TWO_WORDS = "two words"
    ATTACHMENT = "attachment text"
    BODY = "body-only word"


Block = str | tuple[str, str] | tuple[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, kw_only=True)
class Change:
    """What became of a normative document: `by` is the key of the document that did it, from the day `on`.

    `provisions` names what went where only a part was repealed.
    """

    by: str
    on: date
    provisions: str = ""


@dataclass(frozen=True, kw_only=True)
class SampleAttachment:
    """A file beside the document; `text` is all it says."""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class SampleDocument:
    """A document; `item20` and `item21` say under which items of R711 arts. 20 and 21 it is disclosed.

    `body` holds paragraphs, ("heading", text) and ("table", rows), the first row being the header. A
    normative document without `valid_until` is in force until it is repealed.
    """

    key: str
    agency: str
    title: str
    number: str
    made_on: date
    published_on: date
    item20: Article20Item | None
    item21: Article21Item | None
    column: ColumnKind
    topic: Topic
    genre: Genre
    abstract: str
    body: tuple[Block, ...]
    keywords: tuple[str, ...]
    normative: bool = False
    effective_from: date | None = None
    valid_until: date | None = None
    repealed_by: Change | None = None
    amended_by: Change | None = None
    partly_repealed_by: Change | None = None
    attachment: SampleAttachment | None = None

    @property
    def plain_body(self) -> str:
        """The body's words, one block or table row a line."""
        return "\n".join(_words(block) for block in self.body)


@dataclass(frozen=True, kw_only=True)
class SampleInterpretation:
    """What explains the document of the key `document`."""

    key: str
    document: str
    form: InterpretationForm
    agency: str
    title: str
    published_on: date
    body: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class SampleMeeting:
    """A meeting of the county government; `documents` are the keys of those it passed."""

    key: str
    kind: MeetingKind
    number: str
    title: str
    held_on: date
    published_on: date
    agenda: tuple[str, ...]
    brief: str
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SampleGazette:
    """An issue of the county government's gazette; `number` counts within the year."""

    key: str
    year: int
    number: int
    issued_on: date
    documents: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SampleBenefit:
    """One thing a document gives; without a `deadline` it can be had all the year."""

    key: str
    document: str
    title: str
    audience: Audience
    condition: str
    amount: str
    deadline: date | None
    how: str
    where: str


@dataclass(frozen=True, kw_only=True)
class SampleQuery:
    """A search and the keys of the documents it must find."""

    text: str
    found: frozenset[str]
    kind: QueryKind


def _words(block: Block) -> str:
    if isinstance(block, str):
        return block
    content = block[1]
    return content if isinstance(content, str) else "\n".join(" ".join(row) for row in content)


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text: a line is a paragraph, `## ` begins a heading, `|` a table's row."""
    found: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for line in [*text.strip().splitlines(), ""]:
        if line.startswith("|"):
            rows.append(tuple(line.removeprefix("|").removesuffix("|").split("|")))
            continue
        if rows:
            found.append(("table", tuple(rows)))
            rows = []
        if line:
            found.append(("heading", line[3:]) if line.startswith("## ") else line)
    return tuple(found)


def document(
    key: str,
    agency: str,
    title: str,
    *,
    days: str,
    topic: Topic,
    genre: Genre,
    abstract: str,
    keywords: str,
    text: str,
    number: str = "",
    item20: Article20Item | None = None,
    item21: Article21Item | None = None,
    column: ColumnKind = ColumnKind.CONTENT,
    normative: bool = False,
    repealed: str = "",
    amended: str = "",
    partly_repealed: str = "",
    attachment: tuple[str, str] | None = None,
) -> SampleDocument:
    """Return a document written down briefly.

    Args:
        days: made, published, in force from, in force until, as far as there are such days, ISO, by spaces.
        keywords: by spaces.
        text: see `blocks`.
        repealed: key of the changing document and day, by a space; so `amended`, and `partly_repealed` with
            the provisions after them.
        attachment: a file's name and text.
    """
    made, published, *force = (date.fromisoformat(day) for day in days.split())
    return SampleDocument(
        key=key,
        agency=agency,
        title=title,
        number=number,
        made_on=made,
        published_on=published,
        item20=item20,
        item21=item21,
        column=column,
        topic=topic,
        genre=genre,
        abstract=abstract,
        body=blocks(text),
        keywords=tuple(keywords.split()),
        normative=normative,
        effective_from=force[0] if force else None,
        valid_until=force[1] if len(force) > 1 else None,
        repealed_by=_change(repealed),
        amended_by=_change(amended),
        partly_repealed_by=_change(partly_repealed),
        attachment=SampleAttachment(name=attachment[0], text=attachment[1]) if attachment else None,
    )


def _change(written: str) -> Change | None:
    if not written:
        return None
    key, day, *provisions = written.split()
    return Change(by=key, on=date.fromisoformat(day), provisions="".join(provisions))


def rule(
    key: str,
    agency: str,
    title: str,
    *,
    number: str,
    days: str,
    topic: Topic,
    genre: Genre,
    abstract: str,
    keywords: str,
    text: str,
    item21: Article21Item | None = None,
    repealed: str = "",
    amended: str = "",
    partly_repealed: str = "",
    attachment: tuple[str, str] | None = None,
) -> SampleDocument:
    """Return a normative document (R711 art. 20(1)) written down briefly; see `document`."""
    return document(
        key,
        agency,
        title,
        number=number,
        days=days,
        topic=topic,
        genre=genre,
        abstract=abstract,
        keywords=keywords,
        text=text,
        item20=Article20Item.RULES,
        item21=item21,
        column=ColumnKind.POLICIES,
        normative=True,
        repealed=repealed,
        amended=amended,
        partly_repealed=partly_repealed,
        attachment=attachment,
    )
