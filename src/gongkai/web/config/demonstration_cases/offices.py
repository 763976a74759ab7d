"""The bodies that handle requests in the demonstration: what their letters need, and who works there."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import Group

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.config.demonstration_cases.telling import Office
from gongkai.web.config.demonstration_documents.forms import (
    EDUCATION,
    FINANCE,
    GOVERNMENT,
    HEALTH,
    LAND,
    MARKET,
    OFFICE,
    PLANNING,
    TOWN,
)
from gongkai.web.inforequests.models import DeskSettings

# What stands before the number of a letter, as in 霁教公开答〔2026〕1号.
_MARKS: Mapping[str, str] = {
    OFFICE: "霁政办", PLANNING: "霁发改", EDUCATION: "霁教", LAND: "霁自然资", MARKET: "霁市监",
    HEALTH: "霁卫健", FINANCE: "霁财", TOWN: "栖政",
}  # fmt: skip
# The clerk and the approver of the bodies where nobody is yet.
_STAFF: Mapping[str, tuple[str, str]] = {
    OFFICE: ("方印川", "陶远樵"),
    PLANNING: ("盛知白", "项东篱"),
    LAND: ("纪青岩", "石砚秋"),
    MARKET: ("秦度", "尚有衡"),
    HEALTH: ("葛若木", "任半夏"),
    FINANCE: ("钟算言", "金守恒"),
    TOWN: ("祝春耕", "卞望山"),
}
_ROLES = {Role.CLERK: "jingban", Role.APPROVER: "shenpi"}


def open_offices(agencies: Mapping[str, Agency], password: str) -> dict[str, Office]:
    """Save the settings and the staff of every body that handles requests; return them by name.

    Args:
        agencies: the county's bodies, by name.
        password: as it is kept, for those who are made here.
    """
    offices = {}
    for name, mark in _MARKS.items():
        agency = agencies[name]
        DeskSettings.objects.create(
            agency=agency,
            mark=mark,
            court="霁川县人民法院",
            upper=GOVERNMENT if name == TOWN else "",
            government="" if name == TOWN else GOVERNMENT,
            reconsideration_url="https://fuyi.jichuan.example/",
            fee_account="到县政务服务大厅非税窗口缴纳，或者凭通知书上的缴款码在线缴纳；执收单位为县财政局。",
        )
        people = _staff(agency, password)
        offices[name] = Office(agency=agency, clerk=people[Role.CLERK], approver=people[Role.APPROVER])
    return offices


def _staff(agency: Agency, password: str) -> dict[Role, User]:
    """Return the body's clerk and approver, saved now where it has none."""
    names = dict(zip(_ROLES, _STAFF.get(agency.name, ()), strict=False))
    found = {}
    for role, word in _ROLES.items():
        there = agency.staff.filter(groups__name=role.value).order_by("pk").first()
        if there is None:
            there = User.objects.create(
                username=f"{agency.slug}-{word}", display_name=names[role], agency=agency, password=password
            )
            there.groups.add(Group.objects.get(name=role.value))
        found[role] = there
    return found
