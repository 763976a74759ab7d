"""Numbers that name one person: identity cards, bank cards, licence plates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.proofing.drafts import Passage
from gongkai.proofing.masking import veiled
from gongkai.proofing.norms import PIPL
from gongkai.proofing.registry import Hit, Level, Reading, at, checks

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_FREE = r"(?<![0-9A-Za-z])"
_END = r"(?![0-9A-Za-z])"
_IDENTITY = re.compile(_FREE + r"[1-9][0-9]{5}[ -]?[12][0-9]{7}[ -]?[0-9]{3}[0-9Xx]" + _END)
_OLD_IDENTITY = re.compile(_FREE + r"[1-9][0-9]{14}" + _END)
_EIGHTEEN = re.compile(_FREE + r"[0-9]{17}[0-9Xx]" + _END)
_IDENTITY_WORDS = re.compile(r"身份证|身份号码|证件号")
_OTHER_NUMBER = re.compile(
    r"(?:信用代码|项目(?:编号|代码|编码)|(?:采购|招标|合同|档案|备案|许可证?|公告|资产|宗地)(?:编号|代码|编码|号)"
    r"|订单号|流水号|索引号|不动产单元号|条码)[^0-9A-Za-z\u4e00-\u9fff]{0,3}[为是]?[^0-9A-Za-z\u4e00-\u9fff]{0,2}$"
)
_NEAR = 24


def before(text: str, start: int, length: int) -> str:
    """Return at most `length` characters before a place."""
    return text[max(0, start - length) : start]


def has_identity_check(number: str) -> bool:
    """Whether the last of 18 characters is the ISO 7064 MOD 11-2 check of the others (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11] == number[17].upper()


def has_luhn_check(digits: str) -> bool:
    """Whether the last digit is the Luhn check of the others, as on bank cards."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0


def _was_born(digits: str, on: date) -> bool:
    try:
        return date(1900, 1, 1) <= date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}") <= on
    except ValueError:
        return False


def _is_identity(words: str, on: date) -> bool:
    number = re.sub("[ -]", "", words)
    return _PROVINCES.match(number) is not None and _was_born(number[6:14], on) and has_identity_check(number)


def identities(passage: Passage, on: date) -> Iterator[re.Match[str]]:
    """Yield the 18-digit identity numbers of a passage."""
    text = passage.folded
    for match in _IDENTITY.finditer(text):
        labelled = _OTHER_NUMBER.search(before(text, match.start(), _NEAR))
        if not labelled and _is_identity(match[0], on):
            yield match


@checks(
    "PI01",
    "居民身份证号码",
    "文中有居民身份证号码，应当删去或者隐去为“{suggestion}”。",
    level=Level.BLOCK,
    source=PIPL.art(28),
)
def no_identity_number_is_shown(reading: Reading) -> Iterator[Hit]:
    """不得出现出生日期和校验码均有效的18位身份证号码（全角、分段书写的同样识别）。"""
    for passage in reading.draft.passages:
        for match in identities(passage, reading.on):
            yield at(passage, *match.span(), suggestion=veiled(match[0], 3, 4))


@checks(
    "PI02",
    "疑似身份证号码",
    "“{suggestion}”疑似旧式或者有误的身份证号码，请核对后隐去。",
    level=Level.WARN,
    source=PIPL.art(28),
)
def nothing_like_an_identity_number_is_shown(reading: Reading) -> Iterator[Hit]:
    """不宜出现15位旧身份证号码，以及“身份证”字样后校验不通过的18位号码。"""
    for passage in reading.draft.passages:
        text = passage.folded
        for match in _OLD_IDENTITY.finditer(text):
            near = before(text, match.start(), _NEAR)
            is_one = _PROVINCES.match(match[0]) and _was_born(f"19{match[0][6:12]}", reading.on)
            if is_one and not _OTHER_NUMBER.search(near):
                yield at(passage, *match.span(), suggestion=veiled(match[0], 3, 3))
        for match in _EIGHTEEN.finditer(text):
            near = before(text, match.start(), _NEAR)
            if _IDENTITY_WORDS.search(near) and not _is_identity(match[0], reading.on):
                yield at(passage, *match.span(), suggestion=veiled(match[0], 3, 4))


_CARD = re.compile(
    _FREE + r"(?=62|[45])(?:[0-9]{16,19}|[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{1,3})?)" + _END
)
_CARD_WORDS = re.compile(r"一卡通|卡号|银行卡|社保卡")
_PUBLIC_ACCOUNT = re.compile(
    r"对公|国库|财政专户|财政局|零余额|基本(?:存款)?账户|单位账[户号]|保证金|待结算"
    r"|户名[：:]?[^，。；,;]{0,24}(?:公司|局|政府|中心|学校|院|厅|所|会)(?=[，。；,; ])"
)
_SENTENCE = 60


@checks(
    "PI03",
    "银行卡号",
    "文中有银行卡号，应当删去或者隐去为“{suggestion}”。",
    level=Level.BLOCK,
    source=PIPL.art(28),
)
def no_bank_card_is_shown(reading: Reading) -> Iterator[Hit]:
    """不得出现个人银行卡号：16至19位，以62、4、5开头，通过Luhn校验；单位、国库账户除外。"""
    for passage in reading.draft.passages:
        text = passage.folded
        for match in _CARD.finditer(text):
            near = before(text, match.start(), _SENTENCE)
            is_public = _PUBLIC_ACCOUNT.search(near) and not _CARD_WORDS.search(near)
            if is_public or _OTHER_NUMBER.search(near[-_NEAR:]) or _is_eighteen(match[0], reading.on):
                continue
            if has_luhn_check(re.sub("[ -]", "", match[0])):
                yield at(passage, *match.span(), suggestion=veiled(match[0], 4, 4))


def _is_eighteen(words: str, on: date) -> bool:
    return _IDENTITY.fullmatch(words) is not None and _is_identity(words, on)


_PLATE = re.compile(
    r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z][·•.\- ]?"
    r"(?:[DF][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[DF]|(?=[A-Z]{0,2}[0-9][A-Z]{0,2}[0-9])[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学])"
    + _END
)


@checks(
    "PI04",
    "机动车号牌",
    "文中有机动车号牌，请核对是否需要公开，不需要的隐去为“{suggestion}”。",
    level=Level.WARN,
    source=PIPL.art(25),
)
def no_licence_plate_is_shown(reading: Reading) -> Iterator[Hit]:
    """不宜出现完整的机动车号牌（含新能源车）。"""
    for passage in reading.draft.passages:
        for match in _PLATE.finditer(passage.folded):
            yield at(passage, *match.span(), suggestion=veiled(match[0], 2, 1))
