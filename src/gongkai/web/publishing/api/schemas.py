"""What the interface takes and gives; the descriptions are the public's documentation."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

from gongkai.web.publishing.choices import HOLDS_DOCUMENTS, ColumnKind, Effectiveness, Topic
from gongkai.web.publishing.services.searching import LONGEST_QUERY

MOST = 100
_BODY = "机关的网址标识，取值见 bodies 的 slug"
_CURSOR = "上一次应答中 next 的值；不填则从头开始"
_SIZE = f"一次取多少条，1 到 {MOST} 的整数"


def _values(choices: list[tuple[str, str]]) -> str:
    return "，".join(f"{value}（{label}）" for value, label in choices)


_COLUMNS = _values([(kind.value, kind.label) for kind in ColumnKind if kind in HOLDS_DOCUMENTS])


class DocumentsWanted(Schema):
    """The parameters of `documents`."""

    q: str = Field(
        "", max_length=LONGEST_QUERY, description=f"检索的词语，与检索页面相同，不超过 {LONGEST_QUERY} 个字"
    )
    body: str = Field("", max_length=60, description=_BODY)
    column: ColumnKind | None = Field(None, description=f"栏目：{_COLUMNS}")
    year: int | None = Field(None, ge=1900, le=9999, description="发布年份，四位数，如 2025")
    topic: Topic | None = Field(None, description=f"主题分类：{_values(Topic.choices)}")
    validity: Effectiveness | None = Field(
        None, description=f"今天的有效性：{_values(Effectiveness.choices)}"
    )
    cursor: str = Field("", max_length=40, description=_CURSOR)
    page: int = Field(1, ge=1, le=1_000_000, description="第几批，从 1 起；接连翻页用 cursor，不重复也不遗漏")
    size: int = Field(20, ge=1, le=MOST, description=_SIZE)


class ReportsWanted(Schema):
    """The parameters of `annual-reports`."""

    body: str = Field("", max_length=60, description=_BODY)
    year: int | None = Field(None, ge=1900, le=9999, description="报告年度，四位数，如 2025")
    cursor: str = Field("", max_length=80, description=_CURSOR)
    size: int = Field(20, ge=1, le=MOST, description=_SIZE)


class Problem(Schema):
    """Why there is no answer."""

    error: str = Field(description="原因")
    parameter: str = Field("", description="有误的参数")


class Labelled(Schema):
    """A value of a fixed list, with its Chinese name."""

    value: str = Field(description="固定的代码")
    label: str = Field(description="中文名称")


class BodyName(Schema):
    """Which body."""

    slug: str = Field(description="网址标识")
    name: str = Field(description="机关全称")


class Document(Schema):
    """A document as a line of a list."""

    index_number: str = Field(description="索引号")
    title: str = Field(description="标题")
    document_number: str = Field(description="文号；没有的为空")
    body: BodyName = Field(description="发布机构")
    issuer: str = Field(description="发文机关")
    column: Labelled | None = Field(description="栏目")
    made_on: date = Field(description="成文日期")
    published_on: date = Field(description="发布日期")
    article20_item: int = Field(description="《政府信息公开条例》第二十条的项次")
    topic: Labelled | None = Field(description="主题分类")
    genre: Labelled | None = Field(description="体裁分类")
    validity: Labelled = Field(description="今天的有效性")
    ended_on: date | None = Field(description="废止、失效日期；现行有效的为空")
    url: str = Field(description="网页地址")
    api_url: str = Field(description="全文和全部元数据的接口地址")


class Documents(Schema):
    """A slice of the documents."""

    count: int = Field(description="符合条件的共有多少件")
    next: str = Field(description="下一批的 cursor；空表示没有了")
    instead: dict[str, list[str]] = Field(description="没有找到的词语，各自改用了哪些词语检索")
    items: list[Document] = Field(description="这一批公开信息")


class File(Schema):
    """A file to download."""

    title: str = Field(description="名称")
    format: str = Field(description="扩展名，小写")
    bytes: int | None = Field(description="字节数；临时生成的文件为空")
    url: str = Field(description="下载地址")


class LifeStep(Schema):
    """A step of a document's life."""

    on: date = Field(description="日期")
    act: str = Field(description="制定、实施、修改、废止等")
    provisions: str = Field(description="涉及的条款")
    until: date | None = Field(description="延长有效期的，延长后的有效期至")
    note: str = Field(description="说明")
    through: str | None = Field(description="依据文件的索引号")


class FullDocument(Document):
    """A document with everything its page says."""

    effective_from: date | None = Field(description="实施日期")
    valid_until: date | None = Field(description="有效期至")
    normative_kind: Labelled | None = Field(description="规章、行政规范性文件；其他文件为空")
    catalogue_item: Labelled | None = Field(description="目录事项的编码和名称")
    keywords: list[str] = Field(description="关键词")
    abstract: str = Field(description="内容概述")
    text: str = Field(description="正文文字，不含格式")
    files: list[File] = Field(description="附件，以及全文的 DOCX 和 PDF")
    life: list[LifeStep] = Field(description="效力变动，从早到晚；没有有效性的文件为空")
    updated_at: datetime | None = Field(description="最近一次发布的时间")


class Report(Schema):
    """A published annual report."""

    title: str = Field(description="标题")
    year: int = Field(description="报告年度")
    body: BodyName = Field(description="机关")
    published_on: date | None = Field(description="公开日期")
    url: str = Field(description="网页地址，页面上有各种格式的下载")


class Reports(Schema):
    """A slice of the annual reports."""

    count: int = Field(description="符合条件的共有多少份")
    next: str = Field(description="下一批的 cursor；空表示没有了")
    items: list[Report] = Field(description="这一批年度报告")


class Column(Schema):
    """A column of a body's section."""

    column: str = Field(description="栏目，与 documents 的 column 同义")
    title: str = Field(description="栏目名称")
    url: str = Field(description="栏目地址")


class Body(Schema):
    """A body with a section on the portal."""

    slug: str = Field(description="网址标识")
    name: str = Field(description="机关全称")
    short_name: str = Field(description="简称")
    level: Labelled = Field(description="层级")
    kind: Labelled = Field(description="机关类型")
    region_code: str = Field(description="行政区划代码")
    unified_code: str = Field(description="统一社会信用代码；未填的为空")
    disclosure_office: str = Field(description="政府信息公开工作机构")
    address: str = Field(description="办公地址")
    office_hours: str = Field(description="办公时间")
    phone: str = Field(description="联系电话")
    fax: str = Field(description="传真号码")
    email: str = Field(description="电子邮箱")
    internet_channel: str = Field(description="互联网联系方式")
    url: str = Field(description="专栏地址")
    columns: list[Column] = Field(description="栏目：column、名称和地址")


class Bodies(Schema):
    """All bodies."""

    count: int = Field(description="共有多少个机关")
    items: list[Body] = Field(description="全部机关")
