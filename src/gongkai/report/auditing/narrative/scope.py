"""Whose numbers a clause speaks of, and of which year: the reporting body's whole, a part, or another's.

Limitations: bodies are told by the last word of their names, so a bureau that quotes another bureau of the
same rank without naming the place is taken to speak of itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gongkai.report.auditing.bodies import Kind, kind_by_name
from gongkai.report.auditing.passages import flat


@dataclass(frozen=True, eq=False)
class Body:
    """The reporting body: whether its report covers a whole area, and the words by which it calls itself."""

    area: bool
    own: re.Pattern[str]


_SELF = (
    r"(?:我|本)(?:行政|级)?(?:机关|单位|部门|系统|自治州|自治县|街道|地区|管委会|支队|大队|中心|公司|"
    r"[省市县区镇乡旗州盟师团局委办厅院处所站会队校馆街])"
)
_LEVELS = r"省|市|县|区|镇|乡|旗|州|盟|师|团|街道|自治[州县旗]"
_MEMBERS = (
    r"各(?:级|地|县|市|区|旗|镇|乡|街道|部门|单位|行政机关|有关|相关|责任|职能|直属|组成|人民政府|政府|"
    r"、|和|及|\(|\))+"
)
_WHOLE_SELF = r"全(?:局|委|办|厅|院|系统|中心|处)"
_GOVERNMENT = r"(?:省|市|县|区|州|旗|盟|镇|乡)?(?:人民)?政府"
_OFFICE = rf"{_GOVERNMENT}(?:办公[室厅]|办)?|办公[室厅]"
_PLACE = re.compile(r"([^省市县区旗州盟镇乡]{2,}?)(?:自治[州县旗]|[省市县区旗州盟镇乡]|街道)")
_ZONE = r"管委会|管理委员会|办事处|实验区|开发区|街道"
_LEVEL = re.compile("街道|[省市县区镇乡旗州盟师团]")
_AREAS = (Kind.GOVERNMENT, Kind.TOWNSHIP, Kind.ZONE)
_AREA_NAME = re.compile(r"(?:政府|管委会|管理委员会|办事处|公署|行署|街道|[省市县区镇乡旗州盟])$")
_SUFFIX = re.compile(r"(?:(?:人民)?政府|管委会|管理委员会|办事处)?(?:办公[室厅])?$")


@lru_cache(maxsize=64)
def body(agency: str | None) -> Body:
    """Return what the body of that name (None where the report does not say) covers and calls itself."""
    if not agency:
        return Body(False, re.compile(f"{_SELF}|全(?:{_LEVELS})|{_MEMBERS}|{_WHOLE_SELF}"))
    names = [re.escape(agency), re.escape(_SUFFIX.sub("", agency, count=1) or agency)]
    names += [re.escape(place[0]) for place in _PLACE.finditer(agency)]
    names += [re.escape(place[1]) for place in _PLACE.finditer(agency)]
    kind = kind_by_name(flat(agency))
    if kind in _AREAS:
        words = [_whole_area(agency), _MEMBERS, _GOVERNMENT, _ZONE]
    elif kind is Kind.OFFICE:
        words = [_WHOLE_SELF, _OFFICE]
    else:
        words = [_WHOLE_SELF, rf"[\u4e00-\u9fff]{{0,10}}{re.escape(agency[-1])}"]
    return Body(kind in _AREAS, re.compile("|".join([_SELF, *names, *words])))


def _whole_area(agency: str) -> str:
    """Return the words for the whole of a body's own area: 全县 for a county, but not for a town in it."""
    levels = _LEVEL.findall(_AREA_NAME.sub("", agency) if agency.endswith(("会", "处")) else agency)
    return f"全{levels[-1]}(?:上下|范围内?)?" if levels else f"全(?:{_LEVELS})"


_ALL_CHANNELS = re.compile(r"通过[^，,;。]{0,40}等[^，,;。]{0,8}(?:渠道|方式|途径|形式)")
_WHOLE_YEAR = re.compile(
    r"1月1日(?:起)?至(?:\d{4}年)?12月31日(?:止|期间)?|截[至止](?:\d{4}年)?(?:12月31日|年?[底末])"
)
_PART = re.compile(
    r"通过|经由|网上|线上|线下|在线|网络|邮寄|邮件|信函|来函|当面|现场|窗口|传真|平台|微信|电话|季度|半年|月|"
    r"涉及|关于|补正|更正|撤回|协助|会商|转[办交来]|代为|咨询|信访|投诉|举报|热线|信箱|问政|建议|提案|留言|来信|"
    r"(?<!今年)(?<!本年)以来|往年|历年|去年|上年|上一年|前年|同期|平均|每|预计|计划|将|拟|力争|目标|占|较|比|历史|未|"
    r"书面|直接向|属性|人均|提前|当场|当日|当天|即时|(?<!及)所辖|下辖|近[一二两三四五六七八九十\d]+年|[二两三四五]年"
)
_OTHERS = re.compile(
    r"局|委员会|[改健建信]委|办公[室厅]|政府办|街道|乡镇|[\u4e00-\u9fff]镇|法院|检察院|科室|处室|部门|单位|中心|"
    r"园区|本级|县|(?<![地社辖专小])区(?!分|别|域)|市(?!民|场)|全省|省级"
)


def speaks_of_whole(words: str, who: Body) -> bool:
    """Whether the words before a statement leave it about the reporting body as a whole."""
    if not words:
        return True
    rest = _WHOLE_YEAR.sub("", _ALL_CHANNELS.sub("", words))
    if _PART.search(rest):
        return False
    other = who.own.sub("", rest)
    if "其中" in other and other != rest:
        return False
    return _OTHERS.search(other) is None


_YEAR = re.compile(
    r"《[^》]*》|(?<![较比与同])(?P<year>(?:19|20)\d\d)(?:年(?!度?(?:结转|转|遗留|未|接转)|[底末])|年度(?!结转|转|遗留|未))"
    r"|(?P<now>本年|今年|全年|年内|报告年度)"
)


_BEFORE = re.compile(r"(?:上|去|前|往|上一)年度?(?:同期)?(?!度?的?(?:未办结|遗留|结转|转))")
_CLAUSE_ENDS = re.compile(r"[;。:()\n]|(?<!\d)[,，]|[,，](?!\d{3}(?!\d))")
_NOW = re.compile(r"本年|今年|全年|年内|(?:19|20)\d\d年")
_SINCE = re.compile(r"以来|历年|至今|累计")
_LONG_SINCE = re.compile(
    r"(?P<since>(?:19|20)\d\d)年[^，,。;]{0,8}以来|(?:施行|实施|开通|建立|运行)以来|历年|五[”\"]?(?:规划)?期间|"
    r"(?:19|20)\d\d年?(?:至|到|—|-|~)+(?:19|20)\d\d年(?!12月)"
)


def other_time(text: str, start: int, at: int, end: int, year: int | None) -> bool:
    """Whether the number at `at`–`end` counts an earlier year, or many: 上年复议5件、诉讼4件.

    `start` is where the sentence begins; the year before governs to the end of its clause.
    """
    clause = start
    for stop in _CLAUSE_ENDS.finditer(text, start, at):
        clause = stop.end()
    for match in _BEFORE.finditer(text, clause, at):
        if not _NOW.search(text, match.end(), at):
            return True
    bracket = text[end : end + 24]
    if bracket.startswith("(") and _SINCE.search(bracket.partition(")")[0]):
        return True
    return any(m["since"] is None or int(m["since"]) != year for m in _LONG_SINCE.finditer(text, start, at))


def _closed_before(text: str, at: int, end: int) -> bool:
    """Whether `at` is inside a bracket that closes before `end`: what it holds governs nothing behind it."""
    closed = text.find(")", at, end)
    return closed >= 0 and "(" not in text[at:closed]


def other_year(text: str, start: int, end: int, year: int | None) -> bool:
    """Whether the last year named between `start` and `end` is another than the report's."""
    if year is None:
        return False
    spoken: int | None = None
    for match in _YEAR.finditer(text, start, end):
        if _closed_before(text, match.end(), end):
            continue
        if match["now"]:
            spoken = None if spoken != year else spoken
        elif match["year"]:
            spoken = int(match["year"])
    return spoken is not None and spoken != year
