"""The catalogue of rules, and running them over a report.

A rule is a generator over a `Dossier`. It yields a `Hit` for each thing wrong and a `Skip` for each check it
could not make; the registry turns both into findings with the rule's code, level and sentence. The docstring
is the rule's public documentation: first line what must hold, then `Right:` and `Wrong:` examples.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from gongkai.law.sources import Citation
from gongkai.report.findings import Audit, Fact, Finding, Level, NotAssessed, Quote
from gongkai.report.schema import CellId, Edition, Report


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """What an audit looks at: the report, and last year's report of the same body if at hand."""

    report: Report
    last: Report | None = None


class Hit:
    """Something wrong: the cells and the words it concerns, and the facts its sentence needs.

    `level` overrides the rule's own level for this hit.
    """

    __slots__ = ("facts", "level", "quote", "where")

    def __init__(
        self,
        *where: CellId,
        quote: Quote | None = None,
        level: Level | None = None,
        **facts: Fact,
    ) -> None:
        self.where, self.quote, self.level, self.facts = where, quote, level, facts


@dataclass(frozen=True)
class Skip:
    """A check that could not be made on these cells."""

    why: str
    where: tuple[CellId, ...] = ()


Outcome = Hit | Skip
Check = Callable[[Dossier], Iterator[Outcome]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A registered rule: `message` is a format template over the hit's facts and `where`."""

    code: str
    title: str
    message: str
    level: Level
    source: Citation
    editions: frozenset[Edition]
    check: Check

    @property
    def explanation(self) -> str:
        """The rule's documentation, as its function gives it."""
        return (self.check.__doc__ or "").strip()


RULES: dict[str, Rule] = {}


def rule(
    code: str,
    title: str,
    message: str,
    *,
    source: Citation,
    level: Level = Level.ERROR,
    editions: Iterable[Edition] = tuple(Edition),
) -> Callable[[Check], Check]:
    """Register a rule under its code.

    Raises:
        ValueError: the code is taken.
    """

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"rule {code} is registered twice")
        RULES[code] = Rule(
            code=code,
            title=title,
            message=message,
            level=level,
            source=source,
            editions=frozenset(editions),
            check=check,
        )
        return check

    return register


def run(dossier: Dossier, rules: Collection[Rule]) -> Audit:
    """Run `rules` over a report; a rule that breaks is named among what was not assessed."""
    findings: list[Finding] = []
    skipped: list[NotAssessed] = []
    for each in rules:
        if dossier.report.edition not in each.editions:
            continue
        try:
            for outcome in each.check(dossier):
                if isinstance(outcome, Skip):
                    skipped.append(NotAssessed(code=each.code, why=outcome.why, where=outcome.where))
                else:
                    findings.append(_finding(each, outcome, dossier))
        except Exception as error:  # one broken rule must not lose the others' findings
            skipped.append(NotAssessed(code=each.code, why=f"规则未能执行：{type(error).__name__}"))
    return Audit(findings=tuple(findings), not_assessed=tuple(skipped))


def _finding(rule: Rule, hit: Hit, dossier: Dossier) -> Finding:
    where = "、".join(dossier.report.form.name(cell) for cell in hit.where)
    return Finding(
        code=rule.code,
        level=hit.level or rule.level,
        message=rule.message.format(where=where, **hit.facts),
        where=hit.where,
        quote=hit.quote,
        facts=hit.facts,
    )
