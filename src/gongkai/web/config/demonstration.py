"""The demonstration: an invented county with its bodies, people, documents and three years of reports."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.documents.models import Document

from gongkai.papers.paper import PaperError
from gongkai.samples import BODIES
from gongkai.samples.bodies import CITY, COUNTY
from gongkai.samples.bodies import Kind as SampleKind
from gongkai.web.agencies.choices import Kind, Level
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.config import demonstration_texts as texts
from gongkai.web.config.demonstration_cases import fill_cases
from gongkai.web.config.demonstration_filling import fill_documents
from gongkai.web.oversight.services.demo import load_demo_reports
from gongkai.web.oversight.services.drafting.demo import load_demo_draft
from gongkai.web.oversight.services.figures.demo import load_demo_figures
from gongkai.web.oversight.services.filing.demo import load_demo_collection
from gongkai.web.publishing import services
from gongkai.web.publishing.blocks import body_of
from gongkai.web.publishing.choices import ColumnKind, Effectiveness
from gongkai.web.publishing.models import BodyPage, ColumnPage, DocumentAttachment, DocumentPage

PASSWORD = "Gongkai-2025"
OFFICE = f"{COUNTY}人民政府办公室"
EDUCATION = f"{COUNTY}教育局"
PEOPLE = (
    ("zhuguan", "陆知远", Role.SUPERVISOR, OFFICE),
    ("jingban", "苏映禾", Role.CLERK, EDUCATION),
    ("shenhe", "程可行", Role.REVIEWER, EDUCATION),
    ("fushen", "江望舒", Role.REVIEWER, EDUCATION),
    ("shenpi", "顾长川", Role.APPROVER, EDUCATION),
    ("baomi", "严守一", Role.SECRECY_REVIEWER, EDUCATION),
    ("guanli", "罗维新", Role.ADMINISTRATOR, OFFICE),
)
SLUGS = {
    "霁川县人民政府": "xianzhengfu",
    "霁川县人民政府办公室": "zhengfuban",
    "霁川县发展和改革局": "fagaiju",
    "霁川县教育局": "jiaoyuju",
    "霁川县公安局": "gonganju",
    "霁川县自然资源局": "ziranziyuanju",
    "霁川县市场监督管理局": "shichangjianguanju",
    "霁川县卫生健康局": "weijianju",
    "霁川县财政局": "caizhengju",
    "霁川县栖桐镇人民政府": "qitongzhen",
    "霁川县映荷街道办事处": "yinghejiedao",
}
KINDS = {
    SampleKind.GOVERNMENT: Kind.GOVERNMENT,
    SampleKind.OFFICE: Kind.OFFICE,
    SampleKind.DEPARTMENT: Kind.DEPARTMENT,
}
# No real place has a code that begins with 99.
REGION = "990121"


def users_table() -> str:
    """Return the demonstration's users as lines of text, for the terminal."""
    lines = [f"演示用户（密码均为 {PASSWORD}）："]
    lines += [f"  {name:<9}{role.value}（{agency}）" for name, _, role, agency in PEOPLE]
    lines.append("其他受理机关各有经办、审批人员，用户名如 ziranziyuanju-jingban、ziranziyuanju-shenpi。")
    return "\n".join(lines)


def fill() -> None:
    """Fill an empty, migrated database with the demonstration."""
    with transaction.atomic():
        agencies = make_agencies()
        supervisor = make_people(agencies)
        _sections(agencies)
        _documents(agencies)
        fill_documents(supervisor)
    load_demo_reports(agencies=agencies.values(), by=supervisor)
    government = agencies[f"{COUNTY}人民政府"]
    load_demo_collection(agencies=agencies.values(), government=government, by=supervisor)
    try:
        fill_cases(agencies, supervisor.password, timezone.now())
    except PaperError as error:
        print(f"{error}\n演示因此没有依申请公开的案件；安装字体后用 --fresh 重新建立。")
    load_demo_figures(agencies=agencies.values(), otherwise=supervisor, now=timezone.now())
    clerk = User.objects.get(username="jingban")
    load_demo_draft(agency=clerk.agency, frozen=agencies.values(), by=clerk, now=timezone.now())


def make_agencies() -> dict[str, Agency]:
    """Save the city and the county's bodies; return the county's, by name, the government first."""
    city = Agency.objects.create(
        name=f"{CITY}人民政府",
        short_name=f"{CITY}政府",
        slug="shizhengfu",
        region_code="990100",
        level=Level.PREFECTURE,
        kind=Kind.GOVERNMENT,
        position=0,
    )
    agencies: dict[str, Agency] = {}
    for number, body in enumerate(body for body in BODIES if body.name in SLUGS):
        agencies[body.name] = _agency(number, body.name, _kind(body.name, body.kind), agencies, city)
    government = agencies[f"{COUNTY}人民政府"]
    government.competent_authority = agencies[OFFICE]
    government.save()
    return agencies


def _kind(name: str, kind: SampleKind) -> Kind:
    if name.endswith("街道办事处"):
        return Kind.SUBDISTRICT_OFFICE
    return KINDS.get(kind, Kind.TOWNSHIP_GOVERNMENT)


def _agency(number: int, name: str, kind: Kind, known: dict[str, Agency], city: Agency) -> Agency:
    short = name.removeprefix(COUNTY)
    is_low = kind in {Kind.TOWNSHIP_GOVERNMENT, Kind.SUBDISTRICT_OFFICE}
    return Agency.objects.create(
        name=name,
        short_name={"人民政府": "县政府", "人民政府办公室": "县政府办"}.get(
            short, short.removesuffix("人民政府").removesuffix("办事处")
        ),
        slug=SLUGS[name],
        kind=kind,
        level=Level.TOWNSHIP if is_low else Level.COUNTY,
        region_code=f"{REGION}{100 + number}" if is_low else REGION,
        unified_code=f"11{REGION}MC{number:07d}X",
        position=(number + 1) * 10,
        parent=next(iter(known.values()), city),
        competent_authority=known.get(OFFICE),
        **texts.contact(number, short),
    )


def make_people(agencies: dict[str, Agency]) -> User:
    """Save the users; return the supervisor."""
    password = make_password(PASSWORD)
    for username, name, role, agency in PEOPLE:
        user = User.objects.create(
            username=username, display_name=name, agency=agencies[agency], password=password
        )
        user.groups.add(Group.objects.get(name=role.value))
    return User.objects.get(username="zhuguan")


def _sections(agencies: dict[str, Agency]) -> None:
    portal = services.open_portal(
        agency=agencies[f"{COUNTY}人民政府"],
        title=f"{COUNTY}政府信息公开",
        introduction="在这里查找本县各机关主动公开的政府信息和历年工作年度报告；没有公开的，可以依法申请。",
    )
    for agency in agencies.values():
        section = services.open_section(portal=portal, agency=agency)
        _write(section, ColumnKind.GUIDE, texts.guide(agency))
        _write(section, ColumnKind.ON_REQUEST, texts.on_request(agency))


def _write(section: BodyPage, kind: ColumnKind, body: str) -> None:
    column = ColumnPage.objects.child_of(section).get(kind=kind)
    column.body = body
    column.save()


def _documents(agencies: dict[str, Agency]) -> None:
    for number, sample in enumerate(texts.DOCUMENTS, start=1):
        column = ColumnPage.objects.get(
            kind=sample.column, path__startswith=BodyPage.objects.get(agency=agencies[sample.agency]).path
        )
        page = DocumentPage(
            title=sample.title,
            slug=f"xinxi-{number}",
            document_number=sample.number,
            made_on=sample.made_on,
            published_on=sample.published_on,
            article20_item=sample.item,
            effectiveness=sample.effectiveness,
            repealed_on=sample.repealed_on,
            abstract=sample.abstract,
            body=body_of("".join(f"<p>{paragraph}</p>" for paragraph in sample.paragraphs)),
        )
        column.add_child(instance=page)
        if sample.effectiveness == Effectiveness.IN_FORCE:
            _attach(page)


def _attach(page: DocumentPage) -> None:
    """Offer the document's words as a plain file too."""
    document = Document(title=f"{page.title}（文本）")
    document.file.save(f"{page.slug}.txt", ContentFile(page.plain_text.encode()), save=False)
    document._set_document_file_metadata()
    document.save()
    DocumentAttachment.objects.create(page=page, document=document)
