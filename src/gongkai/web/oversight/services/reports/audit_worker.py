"""An audit as JSON values; as a program, one audit from standard input to standard output.

It knows nothing of Django, so that a child process starts quickly and can be given limits.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

from gongkai.report import codec
from gongkai.report.auditing import RULES, audit
from gongkai.report.findings import Finding, NotAssessed

Json = dict[str, Any]


def result_of(report: Json, last: Json | None) -> Json:
    """Return what every rule says of a report given as `codec.dump` writes it."""
    result = audit(codec.load(report), last=codec.load(last) if last else None)
    return {
        "findings": [dump_finding(each) for each in result.findings],
        "not_assessed": [dump_not_assessed(each) for each in result.not_assessed],
    }


def dump_finding(finding: Finding) -> Json:
    """Return a finding as JSON values, with its rule's title and source, so that old runs stay readable."""
    rule = RULES.get(finding.code)
    quote = finding.quote
    return {
        "key": finding.key,
        "code": finding.code,
        "title": rule.title if rule else "",
        "source": str(rule.source) if rule else "",
        "level": finding.level.value,
        "message": finding.message,
        "where": [str(cell) for cell in finding.where],
        "quote": quote
        and {
            "section": quote.section.value,
            "start": quote.start,
            "end": quote.end,
            "text": quote.text,
            "marks": [list(mark) for mark in quote.marks],
        },
        "facts": dict(finding.facts),
    }


def dump_not_assessed(skipped: NotAssessed) -> Json:
    """Return a check that could not be made as JSON values."""
    rule = RULES.get(skipped.code)
    return {
        "code": skipped.code,
        "title": rule.title if rule else "",
        "why": skipped.why,
        "where": [str(cell) for cell in skipped.where],
    }


def main() -> None:
    """Audit the pair on standard input; the first argument is the memory limit in bytes."""
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    json.dump(result_of(**json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
