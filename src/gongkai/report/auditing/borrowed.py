"""Words that belong to another body: copied from its report, or said of nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.law.sources import PRACTICE, R711
from gongkai.report.auditing.bodies import Kind, kind_of, name_of
from gongkai.report.auditing.passages import found, quote_flat
from gongkai.report.auditing.registry import Dossier, Hit, Outcome, rule
from gongkai.report.findings import Level
from gongkai.report.schema import Report, SectionCode

_LINES_OF_WORK = (
    "民政|教育|卫健|卫生|人社|税务|公安|财政|住建|城管|交通|水利|农业|农村|文旅|文化|旅游|审计|统计|司法|应急|环保"
    "|市场监管|医保|自然资源|生态环境|发改|商务|退役军人|林业|气象|体育"
)
_OF_ONE_LINE = re.compile(rf"获取({_LINES_OF_WORK})(?:政务|政府)信息")
_DEPARTMENT_SPEAKS = r"(?<![“《自])(?:我|(?<![基根样文书版成资日])本)[局委厅](?![长员属面势部限域托])"
_TOWNSHIP_SPEAKS = r"(?<![“《自])(?:我|(?<![基根样文书版成资日])本)(?:镇|乡|街道)(?![长区])"
_OTHER_SPEAKER = {
    Kind.GOVERNMENT: re.compile(f"{_DEPARTMENT_SPEAKS}|{_TOWNSHIP_SPEAKS}"),
    Kind.TOWNSHIP: re.compile(_DEPARTMENT_SPEAKS),
    Kind.DEPARTMENT: re.compile(_TOWNSHIP_SPEAKS),
}


@rule(
    "FM13",
    "疑似他单位文字",
    "“{words}”不像本机关的用语，请核对是否套用了其他单位的文字",
    source=PRACTICE.part("照搬照抄"),
    level=Level.WARNING,
)
def words_are_the_bodys_own(dossier: Dossier) -> Iterator[Outcome]:
    """正文应是本机关自己的情况，不出现其他单位的自称和业务。

    Right: 县政府报告：“保障群众依法获取政府信息”“全县各部门”。
    Wrong: 县政府报告：“保障群众依法获取水利政务信息”“我局高度重视”。
    """
    report = dossier.report
    for section, match in found(report, _OF_ONE_LINE):
        if _not_its_line(report, match[1]):
            yield Hit(quote=quote_flat(section, *match.span(1)), words=match[0])
    pattern = _OTHER_SPEAKER.get(kind_of(report))
    if pattern is None:
        return
    for section, match in found(report, pattern):
        yield Hit(quote=quote_flat(section, *match.span()), words=match[0])
        return


def _not_its_line(report: Report, line: str) -> bool:
    """A department may name its line in other words (卫健, 卫生健康); a government has no one line."""
    kind = kind_of(report)
    if kind in (Kind.DEPARTMENT, Kind.OFFICE):
        return not set(line) & set(name_of(report).replace("人民政府", ""))
    return kind is not Kind.UNKNOWN


_GENERIC = re.compile("(?:部分|一些|个别|少数|有些|有的)地[区方]|各地区?各部门|各级政府部门|多数部门")
_GENERIC_AT_LEAST = 2
_LOCAL_DEPARTMENT = re.compile(r"[县区旗镇].{2,}[局委]$")


@rule(
    "FM14",
    "空泛套话",
    "“{words}”不是本单位的情况，应写本机关自己的做法和问题",
    source=R711.art(50, item=4),
    level=Level.WARNING,
)
def problems_are_the_bodys_own(dossier: Dossier) -> Iterator[Outcome]:
    """县区部门应写本单位的做法和问题，不写“部分地区”“各级政府部门”等泛泛之谈。

    Right: 县水务局：“本局政策解读形式单一”。
    Wrong: 县水务局：“部分地区和多数部门对信息公开认识不足”。
    """
    report = dossier.report
    if kind_of(report) is not Kind.DEPARTMENT or not _LOCAL_DEPARTMENT.search(name_of(report)):
        return
    said = list(found(report, _GENERIC, SectionCode.OVERVIEW, SectionCode.PROBLEMS))
    of_problems = [each for each in said if each[0].code is SectionCode.PROBLEMS]
    if of_problems or len({match[0] for _, match in said}) >= _GENERIC_AT_LEAST:
        section, match = (of_problems or said)[0]
        yield Hit(quote=quote_flat(section, *match.span()), words=match[0])
