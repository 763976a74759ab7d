"""Dates and years: those that do not exist, contradict one another, or will soon be misunderstood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from gongkai.proofing.drafts import Passage
from gongkai.proofing.norms import PAPERS2012
from gongkai.proofing.registry import Hit, Level, Place, Reading, at, checks

_HAN = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_DAY_END = r"(?:日|号(?!楼|线|文|令|院|门|地|店|铺|馆|厅|台|井|路|机|桥|公告|仓|厂|[0-9]))"
_DATE = re.compile(
    r"(?<![0-9.])(?:(?P<y>[0-9]{4}) ?年 ?)?(?<![0-9.])(?P<m>[0-9]{1,2}) ?月 ?(?P<d>[0-9]{1,2}) ?" + _DAY_END
)
_HAN_DATE = re.compile(
    rf"(?P<y>[{''.join(_HAN)}]{{4}})年(?P<m>[一二三四五六七八九十]{{1,3}})月(?P<d>[一二三四五六七八九十]{{1,3}})日"
)
_ISO_DATE = re.compile(
    r"(?<![0-9./A-Za-z-])(?P<y>(?:19|20)[0-9]{2})(?P<s>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>[0-3]?[0-9])(?![0-9./-])"
)
_LEAP_YEAR = 2024  # a date without its year may be 29 February


def _number(words: str) -> int:
    if words.isascii():
        return int(words)
    if "十" not in words:
        return int("".join(str(_HAN[c]) for c in words))
    tens, _, ones = words.partition("十")
    return 10 * _HAN.get(tens, 1) + _HAN.get(ones, 0)


def _dates(text: str) -> Iterator[tuple[re.Match[str], int | None, date | None]]:
    """Yield every date of a text: its words, its year where given, and the day, None where there is none."""
    patterns = [_DATE, _HAN_DATE] if "月" in text else []
    for pattern in (*patterns, _ISO_DATE):
        for match in pattern.finditer(text):
            year = _number(match["y"]) if match["y"] else None
            try:
                day = date(year or _LEAP_YEAR, _number(match["m"]), _number(match["d"]))
            except ValueError:
                yield match, year, None
            else:
                yield match, year, day


@checks("DT01", "日期不存在", "“{words}”不存在，应当改正日期。", level=Level.BLOCK)
def every_date_exists(reading: Reading) -> Iterator[Hit]:
    """日期应当存在，不得出现2月30日、13月等。"""
    for passage in reading.draft.prose:
        for match, _, day in _dates(passage.folded):
            if day is None:
                yield at(passage, *match.span())


_WEEKDAYS = "一二三四五六日"
_WEEKDAY = re.compile(r"[ ,，(（]{0,2}((?:星期|周|礼拜)([一二三四五六日天]))(?![年岁至到])")


@checks(
    "DT02",
    "星期与日期不符",
    "{day}是星期{right}，不是“{words}”，应当核对改正。",
    level=Level.BLOCK,
)
def weekdays_agree_with_dates(reading: Reading) -> Iterator[Hit]:
    """日期后写明星期的，两者应当一致；日期没有写年份的，按文中最近的年份推算，仅作提示。"""
    made_on = reading.draft.made_on
    year = made_on.year if made_on else None
    for passage in reading.draft.prose:
        text = passage.folded
        for match, written, day in _dates(text):
            year = written or year
            found = _WEEKDAY.match(text, match.end())
            if not found or day is None or year is None:
                continue
            weekday = _WEEKDAYS.index(found[2].replace("天", "日"))
            days = _in_years(day, (year,) if written else (year, year + 1))
            if days and weekday not in {each.weekday() for each in days}:
                level = Level.BLOCK if written else Level.WARN
                shown = f"{days[0].year}年{days[0].month}月{days[0].day}日"
                right = _WEEKDAYS[days[0].weekday()]
                yield at(passage, *found.span(1), level=level, day=shown, right=right)


def _in_years(day: date, years: tuple[int, ...]) -> list[date]:
    return [day.replace(year=year) for year in years if day.month != 2 or day.day != 29 or year % 4 == 0]


@checks(
    "DT03",
    "成文、发布日期先后",
    "{what}，应当核对改正。",
    level=Level.BLOCK,
    source=PAPERS2012.art(9),
)
def a_text_is_made_before_it_is_published(reading: Reading) -> Iterator[Hit]:
    """成文日期不晚于发布日期，也不晚于今天；发布日期不超过今天一年。"""
    made, published = reading.draft.made_on, reading.draft.published_on
    if made and published and made > published:
        yield Hit(Place(field="made_on"), made.isoformat(), what="成文日期晚于发布日期")
    elif made and made > reading.on:
        what = "成文日期晚于今天"
        yield Hit(Place(field="made_on"), made.isoformat(), level=Level.WARN, what=what)
    if published and published > reading.on + timedelta(days=365):
        what = "发布日期在一年以后"
        yield Hit(Place(field="published_on"), published.isoformat(), level=Level.WARN, what=what)


_NUMBER_YEAR = re.compile(r"[〔\[【(（]((?:19|20)[0-9]{2})[〕\]】)）]")
_TITLE_YEAR = re.compile(r"(?<![0-9—～~至-])((?:19|20)[0-9]{2})年(?!代|[—～~至-])")
_BOOK_TITLE = re.compile(r"《[^《》]{0,120}》")
_OTHER_YEARS = re.compile(
    r"总结|报告|决算|预算|情况|考核|通报|结果|年度|计划|要点|规划|表彰|先进|统计|公报|名单|评|方案|安排|春节|元旦|招|第"
)


@checks(
    "DT04",
    "年份与发文字号不符",
    "{what}，请核对哪一个有误。",
    level=Level.WARN,
    source=PAPERS2012.art(9),
)
def years_agree_with_the_document_number(reading: Reading) -> Iterator[Hit]:
    """发文字号的年份与成文日期一致；标题中的年份与其不同的，应有缘由（总结、报告、计划等相差一年的不提示）。"""
    draft = reading.draft
    found = _NUMBER_YEAR.search(draft.document_number)
    if not found:
        return
    year = int(found[1])
    if draft.made_on and draft.made_on.year != year:
        what = f"发文字号的年份是{year}，成文日期却在{draft.made_on.year}年"
        yield Hit(Place(field="document_number", start=found.start(1), end=found.end(1)), found[1], what=what)
    own_title = _BOOK_TITLE.sub(lambda m: "\u3000" * len(m[0]), draft.title)
    titled = list(_TITLE_YEAR.finditer(own_title))
    if titled and all(int(match[1]) != year for match in titled):
        nearest = min(abs(int(match[1]) - year) for match in titled)
        if nearest > 1 or not _OTHER_YEARS.search(draft.title):
            span = titled[0].span(1)
            what = f"标题写{titled[0][1]}年，发文字号的年份却是{year}"
            yield at(Passage(field="title", text=draft.title), *span, what=what)


_RELATIVE = re.compile(
    r"(?<![过失])去年|(?<![证说表声阐])明年(?![龄限代度份月])|(?<![证说表声清阐光])(?:明|昨)日(?![期月])"
    r"|(?<![美好的清])明天(?!会|更|的)|昨天|后天(?!性|培|努|环|的)|(?<![以])上个?月(?![份球均])|(?<![以])下个?月(?![份球均])"
)
_STATED = re.compile(r"(今年|本年|去年|上年|明年)[(（,，即]{1,2}((?:19|20)[0-9]{2})年")
_SHIFT = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "明年": 1}


@checks(
    "DT05",
    "相对时间",
    "{what}。",
    level=Level.WARN,
)
def time_is_given_in_absolute_terms(reading: Reading) -> Iterator[Hit]:
    """长期公开的文本写明年月日，不写去年、明年、上月、昨日（每个词只提示一次）；与年份并用的不得矛盾。"""
    made_on = reading.draft.made_on or reading.draft.published_on
    seen: set[str] = set()
    for passage in reading.draft.prose:
        text = passage.folded
        for match in _STATED.finditer(text):
            right = made_on.year + _SHIFT[match[1]] if made_on else None
            if right is not None and right != int(match[2]):
                what = f"{match[1]}应是{right}年，却写成{match[2]}年，请核对"
                yield at(passage, *match.span(), level=Level.BLOCK, what=what)
            seen.add(match[1])
        for match in _RELATIVE.finditer(text):
            if match[0] not in seen:
                seen.add(match[0])
                yield at(passage, *match.span(), what=f"“{match[0]}”日后难以看出所指，请核对是否改写年月日")


_LONG_YEAR = re.compile(r"(?<![0-9.])(?:19|20)[0-9]{3}年(?=[0-9]{1,2}月|[^0-9])")
_LATE_YEAR = re.compile(r"(?<![0-9.])(2[1-9][0-9]{2})年(?!期)")
_TERM = re.compile(r"期|使用|至|到|权|租|前")
_FAR_YEARS, _NEAR = 30, 12


@checks("DT06", "年份过远", "“{words}”疑似年份笔误，请核对。", level=Level.WARN)
def years_are_within_reach(reading: Reading) -> Iterator[Hit]:
    """年份为四位，不在2100年以后；三十年以后的具体日期，除期限以外，应当核对。"""
    for passage in reading.draft.prose:
        text = passage.folded
        for pattern in (_LONG_YEAR, _LATE_YEAR):
            for match in pattern.finditer(text):
                yield at(passage, *match.span())
        for match, year, day in _dates(text):
            if year is None or day is None or not reading.on.year + _FAR_YEARS < year < 2100:
                continue
            if not _TERM.search(text[max(0, match.start() - _NEAR) : match.start()]):
                yield at(passage, *match.span())
