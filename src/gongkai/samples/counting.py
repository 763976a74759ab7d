"""The numbers of a sample: cases are simulated one by one, so that the tables balance by construction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from random import Random

from gongkai.report.numerals import Number
from gongkai.report.schema import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    OUTCOME_GROUPS,
    OUTCOMES_OF_REMEDY,
    TABLE4,
    TOTAL,
    TOTAL_DONE,
    CellId,
    Edition,
    Report,
)
from gongkai.samples.bodies import Body

Numbers = dict[CellId, Number]

_APPLICANT_WEIGHTS = (88.0, 7.0, 0.4, 0.8, 2.0, 1.8)
_OUTCOME_WEIGHTS: Mapping[str, float] = {
    "granted": 34,
    "partial": 11,
    "denied.state_secret": 0.3,
    "denied.law_prohibited": 1.2,
    "denied.security_stability": 0.2,
    "denied.third_party": 1.4,
    "denied.internal_affairs": 1.1,
    "denied.process_info": 1.0,
    "denied.enforcement_file": 1.2,
    "denied.admin_inquiry": 2.6,
    "unable.not_held": 27,
    "unable.needs_creation": 1.6,
    "unable.still_unclear": 0.5,
    "declined.petition": 4.2,
    "declined.duplicate": 2.4,
    "declined.publication": 0.1,
    "declined.excessive": 0.5,
    "declined.confirm_reissue": 0.2,
    "other.no_correction": 2.1,
    "other.fee_unpaid": 0.25,
    "other.misc": 6,
    "other": 8,
}


def count_year(rng: Random, body: Body, edition: Edition, last: Report | None) -> Numbers:
    """Return every number of the body's three tables for a year.

    Args:
        rng: what decides.
        body: whose numbers; gives their size.
        edition: the form to fill in.
        last: the same body's report for the year before; its open cases and its documents carry over.
    """
    requests = _table3(rng, body, edition, last)
    done = requests[CellId(3, TOTAL_DONE, TOTAL)]
    table2 = _table2_2021 if edition == Edition.FORM_2021 else _table2_2019
    return table2(rng, body, last) | requests | _table4(rng, int(done))


def around(rng: Random, size: float, spread: float = 0.3) -> int:
    """Return a count about `size`, never negative; small sizes may give 0."""
    return max(0, round(rng.gauss(size, max(size * spread, 0.6)))) if size else 0


def _table3(rng: Random, body: Body, edition: Edition, last: Report | None) -> Numbers:
    columns = [c.code for c in APPLICANTS[:-1]]
    carried_in = _carried_in(rng, body, columns, last)
    new = Counter(rng.choices(columns, _APPLICANT_WEIGHTS, k=around(rng, body.requests)))
    rows = [code for group in OUTCOME_GROUPS[edition].values() for code in group]
    weights = [_OUTCOME_WEIGHTS[code] for code in rows]
    share_open = rng.uniform(0.0, 0.09)
    outcomes: Counter[tuple[str, str]] = Counter()
    for column in columns:
        for _ in range(carried_in[column] + new[column]):
            is_open = rng.random() < share_open
            outcomes[CARRIED_OUT if is_open else rng.choices(rows, weights)[0], column] += 1
    for column in columns:
        outcomes[NEW, column], outcomes[CARRIED_IN, column] = new[column], carried_in[column]
        outcomes[TOTAL_DONE, column] = sum(outcomes[row, column] for row in rows)
    shown: Numbers = {}
    for row in (NEW, CARRIED_IN, *rows, TOTAL_DONE, CARRIED_OUT):
        for column in columns:
            shown[CellId(3, row, column)] = outcomes[row, column]
        shown[CellId(3, row, TOTAL)] = sum(outcomes[row, column] for column in columns)
    return shown


def _carried_in(rng: Random, body: Body, columns: list[str], last: Report | None) -> Counter[str]:
    if last is not None:
        return Counter({c: int(last.number(CellId(3, CARRIED_OUT, c)) or 0) for c in columns})
    return Counter(rng.choices(columns, _APPLICANT_WEIGHTS, k=around(rng, body.requests * 0.05)))


def _table4(rng: Random, done: int) -> Numbers:
    shown: Numbers = {}
    kinds = [c.code for c in OUTCOMES_OF_REMEDY[:-1]]
    for row, share in zip(TABLE4.rows, (0.06, 0.012, 0.018), strict=True):
        cases = around(rng, done * share, 0.7) if rng.random() < 0.85 else 0
        results = Counter(rng.choices(kinds, (50, 14, 24, 12), k=cases))
        shown |= {CellId(4, row.code, kind): results[kind] for kind in kinds}
        shown[CellId(4, row.code, "total")] = cases
    return shown


def _table2_2021(rng: Random, body: Body, last: Report | None) -> Numbers:
    shown: Numbers = {}
    for row, stock in (
        ("government_rules", 14 if body.makes_rules else 0),
        ("normative_documents", body.documents),
    ):
        before = _before(rng, stock, CellId(2, row, "in_force"), last)
        made, repealed = around(rng, stock * 0.13, 0.5), min(before, around(rng, stock * 0.11, 0.9))
        shown[CellId(2, row, "made")] = made
        shown[CellId(2, row, "repealed")] = repealed
        shown[CellId(2, row, "in_force")] = before + made - repealed
    shown[CellId(2, "permits", "decisions")] = around(rng, body.permits)
    shown[CellId(2, "penalties", "decisions")] = around(rng, body.penalties)
    shown[CellId(2, "coercion", "decisions")] = around(rng, body.coercion)
    shown[CellId(2, "fees_10k_yuan", "amount")] = _amount(rng, body.fees)
    return shown


def _before(rng: Random, stock: int, cell: CellId, last: Report | None) -> int:
    told = last.number(cell) if last is not None and last.edition == Edition.FORM_2021 else None
    return int(told) if told is not None else around(rng, stock, 0.15)


def _amount(rng: Random, size: int) -> Number:
    """Return a sum of about `size`, with no, two or four decimals, as offices write it."""
    places = rng.choice((0, 0, 1, 2, 2, 4, 6))
    value = Decimal(str(round(max(0.0, rng.gauss(size, size * 0.2)), places)))
    return int(value) if value == value.to_integral_value() else value.normalize()


def _items_before(otherwise: int, row: str, last: Report | None) -> int:
    """Return the items last year's report leaves on the trial form, or else `otherwise`."""
    if last is None or last.edition != Edition.FORM_2019:
        return otherwise
    return sum(int(last.number(CellId(2, row, column)) or 0) for column in ("previous", "change"))


def _table2_2019(rng: Random, body: Body, last: Report | None) -> Numbers:
    shown: Numbers = {}
    for row, stock in (
        ("government_rules", 14 if body.makes_rules else 0),
        ("normative_documents", body.documents),
    ):
        made = around(rng, stock * 0.13, 0.5)
        shown[CellId(2, row, "newly_made")] = shown[CellId(2, row, "newly_published")] = made
        shown[CellId(2, row, "published_total")] = made + around(rng, stock, 0.15)
    sizes = {"permits": body.permits, "other_services": body.permits // 9, "penalties": body.penalties}
    for row, decisions in (sizes | {"coercion": body.coercion}).items():
        previous = _items_before(around(rng, min(decisions, 260)), row, last)
        shown[CellId(2, row, "previous")] = previous
        shown[CellId(2, row, "change")] = rng.choice((0, 0, 2, 10, -1, -8)) if previous > 8 else 0
        shown[CellId(2, row, "decisions")] = around(rng, decisions)
    shown[CellId(2, "fees", "previous")] = _items_before(around(rng, 20 if body.fees else 0), "fees", last)
    shown[CellId(2, "fees", "change")] = 0
    items = around(rng, body.requests * 0.4)
    shown[CellId(2, "procurement", "count")] = items
    yuan = Decimal(items) * Decimal(rng.randrange(60_000, 900_000))
    cents = Decimal(rng.choice((0, 0, 52, 75))) / 100 if items else Decimal(0)
    amount = yuan + cents
    shown[CellId(2, "procurement", "amount_yuan")] = int(amount) if not cents else amount
    return shown
