"""An invented county for the web tests."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group

from gongkai.web.agencies.choices import Kind, Level
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing import services
from gongkai.web.publishing.blocks import body_of
from gongkai.web.publishing.choices import Article20Item, ColumnKind
from gongkai.web.publishing.models import BodyPage, ColumnPage, DocumentPage, PortalPage

_serial = itertools.count(1)


@dataclass(frozen=True, kw_only=True)
class County:
    """Four bodies and their portal; `stranger` is a bureau of another county with no section."""

    government: Agency
    office: Agency
    bureau: Agency
    township: Agency
    stranger: Agency
    portal: PortalPage

    def person(self, role: Role | None, agency: Agency) -> User:
        """Return a new member of staff of `agency` in `role`."""
        user = User.objects.create_user(f"person{next(_serial)}", agency=agency, display_name="测试人员")
        if role is not None:
            user.groups.add(Group.objects.get(name=role.value))
        return user

    def column(self, agency: Agency, kind: ColumnKind) -> ColumnPage:
        """Return a column of the body."""
        return ColumnPage.objects.child_of(BodyPage.objects.get(agency=agency)).get(kind=kind)

    def document(self, agency: Agency, title: str, **fields: object) -> DocumentPage:
        """Return a new document of the body, live under its statutory content."""
        values = {
            "made_on": date(2025, 3, 3),
            "published_on": date(2025, 3, 10),
            "article20_item": Article20Item.RULES,
            "body": body_of("<p>正文。</p>"),
            "slug": f"wenjian-{next(_serial)}",
        }
        page = DocumentPage(title=title, **(values | fields))
        self.column(agency, ColumnKind.CONTENT).add_child(instance=page)
        return page


def build_county() -> None:
    """Save the county."""
    government = _agency("测溪县人民政府", "测溪县政府", "cexi", Kind.GOVERNMENT)
    office = _agency("测溪县人民政府办公室", "县政府办", "cexi-bangongshi", Kind.OFFICE, parent=government)
    government.competent_authority = office
    government.save()
    under = {"parent": government, "competent_authority": office}
    bureau = _agency("测溪县教育局", "县教育局", "cexi-jiaoyuju", Kind.DEPARTMENT, **under)
    township = _agency(
        "石桥镇人民政府", "石桥镇", "cexi-shiqiao", Kind.TOWNSHIP_GOVERNMENT, level=Level.TOWNSHIP, **under
    )
    _agency("远山县水利局", "远山县水利局", "yuanshan-shuiliju", Kind.DEPARTMENT)
    portal = services.open_portal(agency=government, title="测溪县政府信息公开")
    for agency in (government, office, bureau, township):
        services.open_section(portal=portal, agency=agency)


def load_county() -> County:
    """Return the county as saved."""
    return County(
        government=Agency.objects.get(slug="cexi"),
        office=Agency.objects.get(slug="cexi-bangongshi"),
        bureau=Agency.objects.get(slug="cexi-jiaoyuju"),
        township=Agency.objects.get(slug="cexi-shiqiao"),
        stranger=Agency.objects.get(slug="yuanshan-shuiliju"),
        portal=PortalPage.objects.get(agency__slug="cexi"),
    )


def _agency(name: str, short_name: str, slug: str, kind: Kind, **fields: object) -> Agency:
    return Agency.objects.create(
        name=name, short_name=short_name, slug=slug, kind=kind, region_code="990101", **fields
    )
