"""Small reports as plain text, for the tests of tables and prose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.report.reading import read_bytes
from gongkai.report.schema import APPLICANTS, TABLE4, CellId, Edition, Report, form

ZERO = (0,) * 7

TABLE2 = """第二十条第（一）项
信息内容  本年制发件数  本年废止件数  现行有效件数
规章  0  0  0
行政规范性文件  4  1  23
第二十条第（五）项
信息内容  本年处理决定数量
行政许可  812
第二十条第（六）项
信息内容  本年处理决定数量
行政处罚  96
行政强制  3
第二十条第（八）项
信息内容  本年收费金额（单位：万元）
行政事业性收费  15.75
"""
ROWS: Mapping[str, Sequence[int]] = {
    "new": (30, 2, 0, 0, 0, 0, 32),
    "carried_in": (1, 0, 0, 0, 0, 0, 1),
    "granted": (20, 1, 0, 0, 0, 0, 21),
    "unable.not_held": (9, 1, 0, 0, 0, 0, 10),
    "total_done": (29, 2, 0, 0, 0, 0, 31),
    "carried_out": (2, 0, 0, 0, 0, 0, 2),
}
REMEDIES = (1, 0, 0, 1, 2, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0)


def table3(
    rows: Mapping[str, Sequence[object]] = ROWS,
    *,
    edition: Edition = Edition.FORM_2021,
    row: str = "{label}  {cells}\n",
    between: str = "  ",
) -> str:
    lines = ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）申请人情况\n"]
    for each in form(edition).table(3).rows:
        cells = between.join(map(str, rows.get(each.code, ZERO)))
        lines.append(row.format(label=each.label, cells=cells))
    return "".join(lines)


def table4(numbers: Sequence[int] = REMEDIES, between: str = "  ") -> str:
    head = (
        "行政复议  行政诉讼\n未经复议直接起诉  复议后起诉\n"
        + "结果维持  结果纠正  其他结果  尚未审结  总计  " * 3
    )
    return head + "\n" + between.join(map(str, numbers)) + "\n"


def page(
    *,
    title: str = "霁川县人民政府2023年政府信息公开工作年度报告",
    overview: str = "2023年，全县收到申请32件。",
    two: str = TABLE2,
    three: str | None = None,
    four: str | None = None,
    other: str = "本年度没有收取信息处理费。",
) -> str:
    return (
        f"{title}\n根据条例编制。\n一、总体情况\n{overview}\n二、主动公开政府信息情况\n{two}"
        f"三、收到和处理政府信息公开申请情况\n{table3() if three is None else three}"
        f"四、政府信息公开行政复议、行政诉讼情况\n{table4() if four is None else four}"
        f"五、存在的主要问题及改进情况\n人手不足，将加强培训。\n六、其他需要报告的事项\n{other}\n"
    )


def report_of(text: str, name: str = "report.txt") -> Report:
    return read_bytes(text.encode(), name).report


def numbers(report: Report, row: str) -> list[object]:
    return [report.value(CellId(3, row, column.code)) for column in APPLICANTS]


def remedies(report: Report) -> list[object]:
    return [report.value(CellId(4, row.code, c.code)) for row in TABLE4.rows for c in row.columns]
