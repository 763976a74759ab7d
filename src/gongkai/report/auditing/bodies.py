"""What kind of body wrote a report, as far as its name tells."""

from __future__ import annotations

import re
from enum import StrEnum

from gongkai.report.auditing.passages import flat
from gongkai.report.schema import Report


class Kind(StrEnum):
    """Kinds of body that R711 treats differently in its articles 49 and 50."""

    GOVERNMENT = "government"
    TOWNSHIP = "township"
    ZONE = "zone"
    OFFICE = "office"
    DEPARTMENT = "department"
    INSTITUTION = "institution"
    UNKNOWN = "unknown"


# First match wins: an office of a government also ends like a department, a 国资委 like a zone.
_ENDINGS = (
    (Kind.OFFICE, re.compile(r"(?:政府|管委会|管理委员会|公署|行署)办(?:公室|公厅)?$")),
    (Kind.TOWNSHIP, re.compile(r".(?:乡|镇|苏木|街道)(?:人民政府|政府|办事处|街道办)?$")),
    (Kind.ZONE, re.compile(r"(?:管委会|[区园城港岛岸]管理委员会)$")),
    (Kind.ZONE, re.compile(r"(?:开发|高新|实验|试验|示范|度假|风景|名胜|保税|新|园|景)区$")),
    (Kind.GOVERNMENT, re.compile(r"(?:政府|公署|行署|[省市县区旗州盟])$")),
    (Kind.DEPARTMENT, re.compile(r"(?:[局委厅部署办]|委员会|办公室)$")),
    (Kind.INSTITUTION, re.compile(r"(?:[院队站社馆台校处会所司]|中心)$")),
)
_LOCAL_WITHOUT_RULE_MAKING = re.compile(
    r"(?:.县人民政府|自治县|.县|旗(?:人民政府)?)$|(?<!自治)区人民政府$|(?:乡|镇|街道)(?:人民政府|办事处)?$"
    r"|.[省市县区旗州].{2,}(?:局|厅|委|委员会)$"
)
_OFFICE = re.compile(r"(?:人民)?政府办(?:公室|公厅)?$")
_STREET_OFFICE = re.compile(r"街道(?:办事处|办)?$")
_SHORTER = (
    ("人民政府", "政府"),
    ("管理委员会", "管委会"),
    ("委员会", "委"),
    ("办公厅", "办公室"),
    ("政府办公室", "政府办"),
    ("街道办事处", "街道"),
    ("街道办", "街道"),
)
_TITLE = re.compile(r"^(.{2,40}?)(?:20\d\d|二[〇○零].{2})年")


def name_of(report: Report) -> str:
    """Return the body's name without white space; from the title if no agency is named, "" if neither."""
    if report.agency:
        return flat(report.agency)
    match = _TITLE.match(flat(report.title or ""))
    return match[1] if match else ""


def short_name(name: str) -> str:
    """Return a name in the short form of its kind, so that 霁川县人民政府 and 霁川县政府 are one."""
    for full, short in _SHORTER:
        name = name.replace(full, short)
    return name.removesuffix("政府")


def kind_of(report: Report) -> Kind:
    """Return the kind of body the report's name tells."""
    return kind_by_name(name_of(report))


def kind_by_name(name: str) -> Kind:
    """Return the kind of body a name without white space tells."""
    return next((kind for kind, ending in _ENDINGS if ending.search(name)), Kind.UNKNOWN)


def is_street_office(report: Report) -> bool:
    """Whether the body is a street office, which is an arm of a government and none itself."""
    return _STREET_OFFICE.search(name_of(report)) is not None


def may_not_make_rules(report: Report) -> bool:
    """Whether the name is one of a county, a district, a township or a local department.

    Such bodies make no 规章; a name that leaves it open (a city may be of either level) answers False.
    """
    name = name_of(report)
    if kind_of(report) is Kind.OFFICE:  # it reports its government's rules
        name = _OFFICE.sub("人民政府", name)
    return bool(_LOCAL_WITHOUT_RULE_MAKING.search(name))
