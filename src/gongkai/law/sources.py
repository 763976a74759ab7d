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

    @property
    def since(self) -> date:
        """The first day it applies, or the first day there is where that is not known."""
        return self.in_force or date.min

    def applies(self, on: date) -> bool:
        """Whether it is in force on a day; True where the first one is not known."""
        return on >= self.since

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
XZFY = Instrument(
    title="中华人民共和国行政复议法", number="主席令第九号（2023年修订）", in_force=date(2024, 1, 1)
)
XZSS = Instrument(
    title="中华人民共和国行政诉讼法", number="主席令第七十一号（2017年修正）", in_force=date(2017, 7, 1)
)
MFD = Instrument(title="中华人民共和国民法典", number="主席令第四十五号", in_force=date(2021, 1, 1))
CF2021 = Instrument(
    title="中华人民共和国行政处罚法", number="主席令第七十号（2021年修订）", in_force=date(2021, 7, 15)
)
DAF2020 = Instrument(
    title="中华人民共和国档案法", number="主席令第四十七号（2020年修订）", in_force=date(2021, 1, 1)
)
ZDJC = Instrument(title="重大行政决策程序暂行条例", number="国务院令第713号", in_force=date(2019, 9, 1))
FS2018 = Instrument(
    title="最高人民法院关于适用《中华人民共和国行政诉讼法》的解释",
    number="法释〔2018〕1号",
    in_force=date(2018, 2, 8),
)
FS2025 = Instrument(
    title="最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释",
    number="法释〔2025〕8号",
    in_force=date(2025, 6, 1),
)
GBK235 = Instrument(
    title="国务院办公厅政府信息与政务公开办公室关于政府信息公开处理决定送达问题的解释",
    number="国办公开办函〔2016〕235号",
    in_force=date(2016, 12, 7),
)
OPEN19 = Instrument(title="2016年政务公开工作要点", number="国办发〔2016〕19号")
CASE26 = Instrument(title="李健雄诉广东省交通运输厅政府信息公开案", number="最高人民法院指导案例26号")
PRACTICE = Instrument(title="年度报告编制通行做法", number="")
