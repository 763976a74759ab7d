"""Ways to reach one person: telephone numbers, mailboxes, home addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.proofing.identity import before
from gongkai.proofing.masking import veiled
from gongkai.proofing.norms import PIPL
from gongkai.proofing.registry import Hit, Level, Reading, at, checks

_MOBILE = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9A-Za-z][-_.])(?:\+?(?:00)?86[ -]?)?"
    r"1(?:3[0-9]|4[014-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])"
    r"(?:[0-9]{8}|([ -])[0-9]{4}\1[0-9]{4}|[0-9][ -][0-9]{3}[ -][0-9]{4})"
    r"(?![0-9A-Za-z]|[.,][0-9]|-[0-9])(?! ?(?:元|万|亿|吨|公斤|千|平方|立方|公里|米|人|户|株|件|份|册|次|%))"
)
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9A-Za-z][-_.])(?:\(?0(?:10|2[0-57-9]|[3-9][0-9]{2})\)?[ -]{1,2})[2-8][0-9]{6,7}"
    r"(?![0-9A-Za-z]|-[0-9]{5})"
)
_OTHER_NUMBER = re.compile(
    r"(?:(?<!证件)编号|编码|代码|批号|[账帐]号|[账帐]户|订单号|流水号|案号|合同号|文号|索引号|备案号|序列号|条码)"
    r"[^0-9A-Za-z\u4e00-\u9fff]{0,3}[为是]?$"
)
_PERSON = re.compile(r"本人|家庭|家属|住宅|宅电|申请人|当事人|户主|个人|监护人|患者|举报人|投诉人|学生|家长")
_NEAR, _LABEL = 24, 12


def _digits(words: str) -> str:
    return re.sub("[^0-9]", "", words)


def _office_digits(reading: Reading) -> frozenset[str]:
    return frozenset(_digits(each) for each in reading.draft.office_contacts if "@" not in each)


@checks(
    "PI05",
    "手机号码",
    "文中有手机号码，应当删去或者隐去为“{suggestion}”；属于办公用途的，列入本机关公开联系方式。",
    level=Level.BLOCK,
    source=PIPL.art(25),
)
def no_mobile_number_is_shown(reading: Reading) -> Iterator[Hit]:
    """不得出现手机号码；列入本机关公开联系方式的除外。"""
    known = _office_digits(reading)
    for passage in reading.draft.passages:
        text = passage.folded
        for match in _MOBILE.finditer(text):
            number = _digits(match[0])[-11:]
            if number in known or _OTHER_NUMBER.search(before(text, match.start(), _LABEL)):
                continue
            yield at(passage, *match.span(), suggestion=veiled(match[0], len(_digits(match[0])) - 8, 4))


@checks(
    "PI06",
    "固定电话",
    "“{suggestion}”不在本机关公开联系方式之列，请核对是否为个人电话。",
    level=Level.WARN,
    source=PIPL.art(25),
)
def landline_is_an_office_s(reading: Reading) -> Iterator[Hit]:
    """固定电话应为办公电话：给出了本机关公开联系方式的，应在其中；没有给出的，不应写作个人、家庭电话。"""
    known = _office_digits(reading)
    for passage in reading.draft.passages:
        text = passage.folded
        for match in _LANDLINE.finditer(text):
            number = _digits(match[0])
            is_personal = _PERSON.search(before(text, match.start(), _NEAR))
            if number not in known and (known or is_personal):
                yield at(passage, *match.span(), suggestion=veiled(match[0], len(number) - 5, 2))


_MAILBOX = re.compile(
    r"(?<![A-Za-z0-9._%+-])([A-Za-z0-9._%+-]{1,40})@"
    r"((?:vip\.)?(?:qq|163|126|139|189|sina|sohu|yeah|foxmail|gmail|hotmail|outlook|aliyun|icloud|tom|21cn|wo|live"
    r"|msn|188)\.(?:com\.cn|com|cn|net))(?![A-Za-z0-9])"
)
_OFFICE_MAILBOX = re.compile(
    r"(?:监督|举报|投诉|反馈|意见|投稿|办公|工作|咨询|服务|报名|单位|公开|受理|电子|联系|公共|官方|收件|接收|申报|报送)"
    r"[^，。；,;@]{0,8}(?:邮箱|邮件|信箱|mail)[^，。；,;@]{0,4}$",
    re.IGNORECASE,
)


@checks(
    "PI07",
    "个人电子邮箱",
    "文中有个人电子邮箱，请核对，不是办公邮箱的隐去为“{suggestion}”。",
    level=Level.WARN,
    source=PIPL.art(25),
)
def no_personal_mailbox_is_shown(reading: Reading) -> Iterator[Hit]:
    """不宜出现个人邮箱；写明是办公邮箱，或者列入本机关公开联系方式的除外。"""
    known = {each.lower() for each in reading.draft.office_contacts}
    for passage in reading.draft.passages:
        text = passage.folded
        for match in _MAILBOX.finditer(text):
            near = before(text, match.start(), _NEAR)
            is_office = _OFFICE_MAILBOX.search(near) and not _PERSON.search(near)
            if match[0].lower() not in known and not is_office:
                suggestion = veiled(match[1], 1) + match[0][len(match[1]) :]
                yield at(passage, *match.span(), suggestion=suggestion)


_NUMERAL = "0-9一二三四五六七八九十"
_ROOM = re.compile(
    rf"(?<![0-9])[{_NUMERAL}A-Z]{{1,4}}(?:号楼|栋|幢|座|号|#)?[,、 ]?[{_NUMERAL}甲乙丙东西中]{{1,3}}单元"
    rf"[,、 ]?(?:[{_NUMERAL}]{{1,3}}(?:层|楼))?(?:[0-9]{{3,4}}(?:室|号|户|房)?|[0-9]{{1,2}}(?:室|号|户|房))"
)
_FLAT = re.compile(
    r"(?:小区|花园|家园|公寓|新村|宿舍|家属院|[花佳嘉丽景龙雅御馨金福华文]苑|庭院)"
    rf"[东西南北中{_NUMERAL}区期 ]{{0,4}}?"
    rf"([{_NUMERAL}A-Z]{{1,3}}(?:号楼|栋|幢|座|号|#|-)[0-9]{{0,2}}(?:层|楼|-)?[0-9]{{3,4}}(?:室|户|房|号)?)(?![0-9])"
)
_HOME = re.compile(
    r"(?:家庭住址|家庭地址|居住地址|户籍地址|户籍所在地|现住址|经常居住地|现住|家住|住址)[为是:于在 ]{0,2}"
    rf"([\u4e00-\u9fff][\u4e00-\u9fff0-9A-Z#-]{{2,40}}?[{_NUMERAL}]{{1,5}}(?:号|室|户|组|栋))"
)
_BUSINESS = re.compile(r"经营|注册地|住所|营业|办公|服务(?:点|窗口|站)|物业|施工|工程|项目|招标|拍卖|标的")
_NUMBERS = re.compile(rf"[0-9]+|[{_NUMERAL}]+(?=单元|号|室|户|组|栋|幢|座)|[A-Z](?=座|栋|幢|号)")


@checks(
    "PI08",
    "家庭住址",
    "文中有具体到门牌的住址，应当删去或者隐去为“{suggestion}”。",
    level=Level.BLOCK,
    source=PIPL.art(28),
)
def no_home_address_is_shown(reading: Reading) -> Iterator[Hit]:
    """不得出现具体到楼号、单元、房间的个人住址；经营场所、工程地点等除外。"""
    for passage in reading.draft.passages:
        text = passage.folded
        for start, end in _merged(sorted(_addresses(text))):
            if not _BUSINESS.search(before(text, start, _NEAR)):
                yield at(passage, start, end, suggestion=_NUMBERS.sub(_stars, text[start:end]))


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    if "单元" in text:
        yield from (match.span() for match in _ROOM.finditer(text))
    yield from (match.span(1) for match in _FLAT.finditer(text))
    yield from (match.span(1) for match in _HOME.finditer(text))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sorted spans with those that overlap made one."""
    whole: list[tuple[int, int]] = []
    for start, end in spans:
        if whole and start < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def _stars(match: re.Match[str]) -> str:
    return "*" * len(match[0])
