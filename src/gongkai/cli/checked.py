"""A report read and audited, as the four output formats take it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.law.sources import Citation
from gongkai.report.auditing import RULES
from gongkai.report.auditing.registry import Rule
from gongkai.report.findings import LEVEL_NAMES, Audit, Finding, Level
from gongkai.report.reading import Reading
from gongkai.report.schema import SECTION_TITLES, Report, SectionCode

LEVELS = (Level.ERROR, Level.WARNING, Level.INFO)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One file: its name, its reading, its audit, and the file that served as last year's report."""

    name: str
    reading: Reading
    audit: Audit
    last: str | None = None

    @property
    def report(self) -> Report:
        """The report that was read."""
        return self.reading.report

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, gravest first, by code within a level."""
        return tuple(sorted(self.audit.findings, key=lambda each: (LEVELS.index(each.level), each.code)))


def tally(checked: Sequence[Checked]) -> str:
    """Return how many findings of each level: 2 处错误，1 处警告，0 处提示."""
    counted = Counter(finding.level for each in checked for finding in each.audit.findings)
    return "，".join(f"{counted[level]} 处{LEVEL_NAMES[level]}" for level in LEVELS)


def source_of(code: str) -> Citation | None:
    """Return what a rule rests on."""
    return RULES[code].source if code in RULES else None


def explanation(rule: Rule) -> str:
    """Return what a rule asks for and its examples, without the margins and English of its docstring."""
    return "\n".join(_explanation_line(line.strip()) for line in rule.explanation.splitlines())


def _explanation_line(line: str) -> str:
    for english, chinese in (("Right:", "正确："), ("Wrong:", "错误：")):
        if line.startswith(english):
            return chinese + line.removeprefix(english).strip()
    return line


def section_title(report: Report, code: SectionCode) -> str:
    """Return a section's heading as found, or as the form has it."""
    section = report.section(code)
    return (section.heading if section else "") or SECTION_TITLES.get(code, "标题和导语")
