"""Whether the figures of table 2 are possible: it has no sums, so these are bounds and hints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.law.sources import FORM2019, FORM2021
from gongkai.report.auditing.bodies import may_not_make_rules
from gongkai.report.auditing.passages import found, quote_flat
from gongkai.report.auditing.registry import Dossier, Hit, Outcome, Skip, rule
from gongkai.report.findings import Level
from gongkai.report.schema import CellId, Edition


@rule(
    "PD01",
    "现行有效件数",
    "{name}：本年制发{made}件、废止{repealed}件，现行有效却只有{in_force}件",
    source=FORM2021.part("表二第二十条第（一）项"),
    level=Level.WARNING,
    editions=(Edition.FORM_2021,),
)
def stock_covers_the_year(dossier: Dossier) -> Iterator[Outcome]:
    """表二现行有效件数不应少于本年制发减本年废止（当年制发当年失效的除外）。

    Right: 制发 6、废止 2，现行有效 31。
    Wrong: 制发 6、废止 2，现行有效 3。
    """
    unread: list[CellId] = []
    for row in dossier.report.form.table(2).rows[:2]:
        cells = [CellId(2, row.code, column.code) for column in row.columns]
        made, repealed, in_force = (dossier.report.number(cell) for cell in cells)
        if made is None or repealed is None or in_force is None:
            unread += [cell for cell in cells if dossier.report.number(cell) is None]
        elif in_force < made - repealed:
            yield Hit(*cells, name=row.label, made=str(made), repealed=str(repealed), in_force=str(in_force))
    if unread:
        yield Skip("有单元格空白或无法辨认", tuple(unread))


@rule(
    "PD02",
    "项目数量增减",
    "{name}：上一年项目{previous}项，本年增减{change}，减后不足零",
    source=FORM2019.part("表二第二十条第（五）（六）（八）项"),
    editions=(Edition.FORM_2019,),
)
def change_leaves_no_negative(dossier: Dossier) -> Iterator[Outcome]:
    """2019年格式表二：上一年项目数量加本年增/减不小于零。

    Right: 上一年 45、增/减 -8。
    Wrong: 上一年 5、增/减 -8。
    """
    for row in dossier.report.form.table(2).rows:
        cells = (CellId(2, row.code, "previous"), CellId(2, row.code, "change"))
        previous, change = (dossier.report.number(cell) for cell in cells)
        if previous is not None and change is not None and previous + change < 0:
            yield Hit(*cells, name=row.label, previous=str(previous), change=str(change))


@rule(
    "PD03",
    "新公开不超过公开总数",
    "{name}：本年新公开{new}件，多于对外公开总数量{total}件",
    source=FORM2019.part("表二第二十条第（一）项"),
    editions=(Edition.FORM_2019,),
)
def published_total_covers_new(dossier: Dossier) -> Iterator[Outcome]:
    """2019年格式表二：本年新公开数量不大于对外公开总数量。

    Right: 新公开 12，公开总数 80。
    Wrong: 新公开 12，公开总数 8。
    """
    for row in dossier.report.form.table(2).rows[:2]:
        cells = (CellId(2, row.code, "newly_published"), CellId(2, row.code, "published_total"))
        new, total = (dossier.report.number(cell) for cell in cells)
        if new is not None and total is not None and new > total:
            yield Hit(*cells, name=row.label, new=str(new), total=str(total))


_FEES = CellId(2, "fees_10k_yuan", "amount")
_ABSURD_TEN_K_YUAN = 10_000_000
_LEAP, _LEAP_FROM = 10, 1_000


@rule(
    "PD04",
    "收费金额单位",
    "行政事业性收费{amount}万元{why}，请核对是否把元填成了万元",
    source=FORM2021.part("表二第二十条第（八）项（单位：万元）"),
    level=Level.WARNING,
    editions=(Edition.FORM_2021,),
)
def fees_are_in_ten_thousands(dossier: Dossier) -> Iterator[Outcome]:
    """表二收费金额以万元为单位；为整数且超过上年十倍的、超过一千亿元的，应当核对单位。

    Right: 上年 368.24，本年 402.5。
    Wrong: 上年 368.24，本年 4025000。
    """
    amount = dossier.report.number(_FEES)
    if amount is None:
        return
    last = dossier.last.number(_FEES) if dossier.last and dossier.last.edition == Edition.FORM_2021 else None
    if amount >= _ABSURD_TEN_K_YUAN:
        yield Hit(_FEES, amount=str(amount), why="，超过一千亿元")
    elif last and amount >= _LEAP_FROM and amount == int(amount) and amount > _LEAP * last:
        yield Hit(_FEES, amount=str(amount), why=f"，上年为{last}万元，增至十倍以上")


@rule(
    "PD05",
    "规章制定权",
    "{where}为{count}件，本机关一般没有规章制定权，请核对是否应计入规范性文件",
    source=FORM2021.part("表二第二十条第（一）项"),
    level=Level.WARNING,
)
def rules_come_from_rule_makers(dossier: Dossier) -> Iterator[Outcome]:
    """没有规章制定权的机关（县、市辖区、乡镇街道，地方各级部门），规章各栏应为 0。

    Right: 青禾县人民政府，规章 0、0、0。
    Wrong: 青禾县人民政府，规章本年制发 3。
    """
    if not may_not_make_rules(dossier.report):
        return
    for column in dossier.report.form.table(2).row("government_rules").columns:
        cell = CellId(2, "government_rules", column.code)
        count = dossier.report.number(cell)
        if count:
            yield Hit(cell, count=str(count))


_EXPIRED = re.compile(
    r"失效[^，。；]{0,7}文件[^，。；]{0,4}，?(?:均|全部|已|都)[^，。；]{0,10}(?:标[注明识]|加注|注明|清理|公布|废止)"
    r"|\d件[^，。；\d]{0,6}文件(?:宣布|公布|自动|到期)?失效"
)


@rule(
    "PD06",
    "失效文件与废止件数",
    "正文称“{words}”，表二规范性文件本年废止件数为0，请核对失效文件是否应计入",
    source=FORM2021.part("表二第二十条第（一）项"),
    level=Level.INFO,
    editions=(Edition.FORM_2021,),
)
def expired_documents_are_counted(dossier: Dossier) -> Iterator[Outcome]:
    """正文写明当年有文件失效并已处理的，表二本年废止件数不宜为 0，应核对口径。

    Right: “失效文件 3 件均已标注”，废止 3。
    Wrong: “失效文件均已标注”，废止 0。
    """
    cell = CellId(2, "normative_documents", "repealed")
    if dossier.report.number(cell) != 0:
        return
    for section, match in found(dossier.report, _EXPIRED):
        yield Hit(cell, quote=quote_flat(section, *match.span()), words=match[0])
        return
