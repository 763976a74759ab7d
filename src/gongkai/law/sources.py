"""The instruments this project cites, and citations of their articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_DIGITS = "零一二三四五六七八九"


def chinese_ordinal(number: int) -> str:
    """Return `number` (1–999) as statutes write article numbers: 33 -> 三十三, 105 -> 一百零五.

    Raises:
        ValueError: outside 1–999.
    """
    if not 1 <= number <= 999:
        raise ValueError(f"no article is numbered {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A law, regulation, judicial interpretation or official document.

    `title` without book-title marks; `number` as published; `in_force` the first day it applies
    (None where only practice knows it).
    """

    title: str
    number: str
    in_force: date | None = None

    def art(self, article: int, paragraph: int | None = None, item: int | None = None) -> Citation:
        """Cite an article, and within it a paragraph (款) and an item (项)."""
        return Citation(instrument=self, article=article, paragraph=paragraph, item=item)

    def part(self, words: str) -> Citation:
        """Cite a part that has no article number, by the words it is known by (表三, 第（四）部分)."""
        return Citation(instrument=self, words=words)

    def __str__(self) -> str:
        return f"《{self.title}》"


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A place in an instrument; `str()` gives it as Chinese legal writing does."""

    instrument: Instrument
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None
    words: str = ""

    def __str__(self) -> str:
        text = str(self.instrument)
        if self.article is not None:
            text += f"第{chinese_ordinal(self.article)}条"
        if self.paragraph is not None:
            text += f"第{chinese_ordinal(self.paragraph)}款"
        if self.item is not None:
            text += f"第（{chinese_ordinal(self.item)}）项"
        return text + self.words


R711 = Instrument(
    title="中华人民共和国政府信息公开条例", number="国务院令第711号", in_force=date(2019, 5, 15)
)
FORM2019 = Instrument(
    title="中华人民共和国政府信息公开工作年度报告格式（试行）", number="国办公开办函〔2019〕60号"
)
FORM2021 = Instrument(
    title="中华人民共和国政府信息公开工作年度报告格式",
    number="国办公开办函〔2021〕30号",
    in_force=date(2021, 9, 26),
)
FEES2020 = Instrument(
    title="政府信息公开信息处理费管理办法", number="国办函〔2020〕109号", in_force=date(2021, 1, 1)
)
PRACTICE = Instrument(title="年度报告编制通行做法", number="")
