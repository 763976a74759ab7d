"""Faults in the numbers of the three tables: sums, balances, bounds, impossible figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from gongkai.report.cells import Cell, How
from gongkai.report.numerals import BLANK, Illegible, Number
from gongkai.report.schema import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    NATURAL,
    NEW,
    OUTCOME_GROUPS,
    TABLE4,
    TOTAL,
    TOTAL_DONE,
    CellId,
    Edition,
    Report,
    SectionCode,
)
from gongkai.samples.faults.bed import REQUESTS, Bed, Unplantable, fault, t2, t3, t4


def _outcome_row(bed: Bed) -> str:
    groups = OUTCOME_GROUPS[bed.report.edition].values()
    return bed.rng.choice([row for group in groups for row in group])


@fault("RQ02 RQ03", "一格被改：该行合计与该列分项之和都不成立")
def cell(bed: Bed) -> None:
    column = bed.rng.choice(APPLICANTS[:-1]).code
    bed.add(t3(_outcome_row(bed), column), bed.rng.randint(1, 9))


@fault("RQ03 RQ02", "行合计不等于各列之和", also="NR04 RQ04")
def row_total(bed: Bed) -> None:
    bed.add(t3(_outcome_row(bed)), bed.rng.choice((-2, -1, 1, 3, 9, 10)))


@fault("RQ03 RQ01", "新收、结转一行的合计不等于各列之和", also="NR YR01")
def intake_total(bed: Bed) -> None:
    bed.add(t3(bed.rng.choice((NEW, CARRIED_IN, CARRIED_OUT))), bed.rng.randint(1, 4))


@fault("RQ02", "（七）总计不等于各项办理结果之和", also="NR")
def column_sum(bed: Bed) -> None:
    for row in (TOTAL_DONE, NEW):
        for column in (NATURAL, TOTAL):
            bed.add(t3(row, column), 2)


@fault("RQ01", "新收加上年结转不等于办结加结转下年度", also="NR03 NR13")
def balance(bed: Bed) -> None:
    for column in (NATURAL, TOTAL):
        bed.add(t3(CARRIED_OUT, column), 1)


@fault("RQ01", "两类申请人之间填串了列，各行合计仍成立", also="NR05")
def wrong_column(bed: Bed) -> None:
    bed.add(t3(NEW, NATURAL), -1)
    bed.add(t3(NEW, bed.rng.choice(APPLICANTS[1:-1]).code), 1)


@fault("RM01", "表四合计不等于四种结果之和", also="NR06 NR08")
def remedy_sum(bed: Bed) -> None:
    row = bed.rng.choice([row.code for row in TABLE4.rows])
    bed.add(t4(row, bed.pick(TOTAL, "upheld", "pending")), bed.rng.randint(1, 3))


def _emptied(report: Report) -> Report:
    zeros = {each: Cell(0) for each in report.form.cells() if each.table == 3}
    return replace(report, cells=dict(report.cells) | zeros)


@fault("RM02", "连续两年没有申请，表四却有复议、诉讼")
def disputes_of_nothing(bed: Bed) -> None:
    bed.need(bed.last is not None and bed.body.requests < 30, "a body with requests")
    assert bed.last is not None
    bed.report, bed.last = _emptied(bed.report), _emptied(bed.last)
    bed.no_remedies()
    cases = bed.remedies(bed.pick(*(row.code for row in TABLE4.rows)), upheld=bed.rng.randint(1, 3))
    name = "行政复议" if bed.count(t4("reconsideration")) else "行政诉讼"
    bed.retell(
        REQUESTS,
        bed.pick(
            f"本年度无人提出政府信息公开申请。发生{name}{cases}件。",
            f"全年没有收到政府信息公开申请，因政府信息公开引起的{name}{cases}件。",
        ),
    )


def _can_be_parted(run: str, width: int) -> bool:
    """Whether a run falls into at most `width` numbers the last of which is the others' sum."""

    def parts(rest: str, room: int) -> list[list[int]]:
        if not rest:
            return [[]]
        if not room:
            return []
        sizes = (1,) if rest[0] == "0" else range(1, min(4, len(rest)) + 1)
        return [[int(rest[:size]), *more] for size in sizes for more in parts(rest[size:], room - 1)]

    return any(len(cut) > 1 and sum(cut[:-1]) == cut[-1] for cut in parts(run, width))


def _run_together(bed: Bed, where: Sequence[CellId], numbers: Sequence[int]) -> None:
    run = "".join(map(str, numbers))
    fused = Cell(Illegible(run), raw=run, how=How.SOLVED)
    bed.report = replace(bed.report, cells=dict(bed.report.cells) | dict.fromkeys(where, fused))
    bed.where = tuple(where)


@fault("RQ05", "表三一行的数字连在一起，又怎样断开都不平")
def fused_row(bed: Bed) -> None:
    rows = [row.code for row in bed.report.form.table(3).rows if 0 < bed.count(t3(row.code)) < 100]
    bed.need(rows, "no row of some cases")
    row = bed.rng.choice(rows)
    where = [t3(row, column.code) for column in APPLICANTS]
    for _ in range(20):
        numbers = [bed.count(each) for each in where]
        numbers[-1] += bed.rng.randint(1, 60)
        if not _can_be_parted("".join(map(str, numbers)), len(where)):
            _run_together(bed, where, numbers)
            return
    raise Unplantable("every wrong total can be parted otherwise")


@fault("RM03", "表四的数字连在一起，又怎样断开都不平", also="NR")
def fused_remedies(bed: Bed) -> None:
    where = [t4(row.code, column.code) for row in TABLE4.rows for column in row.columns]
    numbers = [0] * len(where)
    results = [bed.rng.randint(0, 4) for _ in range(4)]
    numbers[:5] = [*results, sum(results) + bed.rng.randint(1, 3)]
    numbers[5:10] = [3, 1, 0, 0, 4]
    run = "".join(map(str, numbers))
    ends = range(2, len(run) - 4)
    bed.need(not any(_can_be_parted(run[:end], 5) for end in ends), "the first group adds up after all")
    _run_together(bed, where, numbers)
    bed.tell_remedies("复议和诉讼情况见第四部分。")


# Table 2


@fault("PD01", "现行有效件数少于本年制发减本年废止", also="NR07 NR08 YR02")
def stock_short(bed: Bed) -> None:
    bed.need_form(Edition.FORM_2021)
    row = "government_rules" if bed.body.makes_rules and bed.rng.random() < 0.5 else "normative_documents"
    made, repealed = bed.rng.randint(4, 12), bed.rng.randint(0, 3)
    for column, value in (
        ("made", made),
        ("repealed", repealed),
        ("in_force", bed.rng.randint(0, made - repealed - 1)),
    ):
        bed.set(t2(row, column), value)


@fault("PD02", "上一年项目数量加增减后小于零", also="YR03")
def change_below_zero(bed: Bed) -> None:
    bed.need_form(Edition.FORM_2019)
    row = bed.pick("permits", "other_services", "penalties", "coercion", "fees")
    bed.set(t2(row, "change"), -bed.count(t2(row, "previous")) - bed.rng.randint(1, 6))


@fault("PD03", "本年新公开数量多于对外公开总数量", also="NR07")
def new_beyond_published(bed: Bed) -> None:
    bed.need_form(Edition.FORM_2019)
    row = "government_rules" if bed.body.makes_rules and bed.rng.random() < 0.5 else "normative_documents"
    bed.set(t2(row, "newly_published"), bed.count(t2(row, "published_total")) + bed.rng.randint(1, 9))


@fault("PD04", "收费金额把元填成了万元")
def fees_in_yuan(bed: Bed) -> None:
    bed.need_form(Edition.FORM_2021)
    amount = bed.report.number(t2("fees_10k_yuan", "amount"))
    bed.need(amount, "no fees")
    yuan = Decimal(amount or 0) * 10_000
    bed.set(t2("fees_10k_yuan", "amount"), int(yuan) if yuan == int(yuan) else yuan.normalize())


@fault("PD05", "没有规章制定权的机关填报规章", also="YR02 PD01 PD03")
def rule_making(bed: Bed) -> None:
    bed.need(not bed.body.makes_rules, "this body may make rules")
    column = bed.rng.choice(bed.report.form.table(2).row("government_rules").columns).code
    bed.add(t2("government_rules", column), bed.rng.randint(1, 4))


@fault("PD06", "正文说有文件失效并已处理，表二废止件数却为零", also="NR07 NR08 YR02")
def expired_not_counted(bed: Bed) -> None:
    bed.need_form(Edition.FORM_2021)
    documents = [t2("normative_documents", column) for column in ("made", "repealed", "in_force")]
    repealed = bed.count(documents[1])
    bed.set(documents[1], 0)
    bed.add(documents[2], repealed)
    expired = bed.rng.randint(2, 9)
    bed.say(
        "主动公开",
        bed.pick(
            f"年内到期失效的规范性文件{expired}件已全部在专栏注明。",
            "对已失效的行政规范性文件全部加注“失效”标识并移出现行库。",
            f"组织文件清理，{expired}件行政规范性文件宣布失效，已在网站公布目录。",
            "失效的政策文件都已及时标注，方便群众辨认。",
            f"经清理，公布失效文件{expired}件，均已在原文页面标注。",
        ),
    )


# Single figures


@fault("ST04", "件数填了小数或负数", also="RQ RM01 NR YR0 PD")
def impossible_count(bed: Bed) -> None:
    cells = [
        each
        for each in bed.report.form.cells()
        if each.column not in ("change", "amount", "amount_yuan") and bed.report.number(each) is not None
    ]
    where = bed.rng.choice(cells)
    value: Number = bed.count(where) + Decimal("0.5") if bed.rng.random() < 0.5 else -bed.rng.randint(1, 9)
    bed.set(where, value)


@fault("ST05", "表格有空格，应填0")
def blank_cells(bed: Bed) -> None:
    cells = [each for each in bed.report.form.cells() if bed.report.value(each) == 0]
    bed.need(len(cells) >= 5, "no zeros")
    bed.where = tuple(bed.rng.sample(cells, bed.rng.choice((1, 3, 5))))
    mark = bed.pick("", "", "—", "/", "无")
    emptied = {each: Cell(BLANK, mark) for each in bed.where}
    bed.report = replace(bed.report, cells=dict(bed.report.cells) | emptied)


@fault("ST05", "整张表四没有填", also="NR")
def blank_remedies(bed: Bed) -> None:
    bed.where = tuple(each for each in bed.report.form.cells() if each.table == 4)
    emptied = dict.fromkeys(bed.where, Cell(BLANK))
    bed.report = replace(bed.report, cells=dict(bed.report.cells) | emptied)


@fault("RQ04", "表三有逾期未缴费，第六部分只称未收费", also="NR04 NR16 NR17")
def fee_contradiction(bed: Bed) -> None:
    bed.need_form(Edition.FORM_2021)
    for column in (NATURAL, TOTAL):
        bed.add(t3("other.misc", column), -1)
        bed.add(t3("other.fee_unpaid", column), 1)
    bed.where = (t3("other.fee_unpaid"),)
    said = bed.pick(
        "本年度未收取信息处理费，也没有发出过收费通知。",
        "依申请提供政府信息全部免费，全年没有收取信息处理费。",
        "信息处理费收取情况：零收费。",
        "全年不存在收取信息处理费的情况。",
        "当年信息处理费收取金额为0元。",
    )
    lines = bed.section(SectionCode.OTHER_MATTERS).split("\n")
    kept = [line for line in lines if "信息处理费" not in line]
    bed.rewrite(SectionCode.OTHER_MATTERS, "\n".join([said, *kept]))
