"""Audits as one SARIF 2.1.0 log, for code hosts and editors that show findings beside a file.

A finding's place is a cell or a section of the report, not a line of the file: it is given as a logical
location, and the quotation among the result's properties.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent_encoded

from gongkai import __version__
from gongkai.cli.checked import Checked, explanation, section_title
from gongkai.cli.inputs import Failure
from gongkai.report.auditing import RULES
from gongkai.report.findings import Finding, Level

Json = dict[str, Any]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def as_sarif(checked: Sequence[Checked], failures: Sequence[Failure]) -> Json:
    """Return the log of one run over these files."""
    codes = sorted({*RULES, *(f.code for each in checked for f in each.audit.findings)})
    index = {code: i for i, code in enumerate(codes)}
    run = {
        "tool": {
            "driver": {
                "name": "gongkai",
                "version": __version__,
                "language": "zh-CN",
                "rules": [_rule(code) for code in codes],
            }
        },
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not failures,
                "toolExecutionNotifications": [
                    *(_notification("error", each.name, each.why) for each in failures),
                    *(
                        _notification("note", each.name, f"{skipped.code} 未能核对：{skipped.why}")
                        for each in checked
                        for skipped in each.audit.not_assessed
                    ),
                ],
            }
        ],
        "results": [_result(each, finding, index) for each in checked for finding in each.findings],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> Json:
    rule = RULES.get(code)
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": explanation(rule) or rule.title},
        "help": {"text": f"依据：{rule.source}"},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }


def _result(checked: Checked, finding: Finding, index: dict[str, int]) -> Json:
    return {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVELS[finding.level],
        "message": {"text": finding.message},
        "locations": [
            {"physicalLocation": _file(checked.name), "logicalLocations": _logical(checked, finding)}
        ],
        "partialFingerprints": {"gongkai/v1": finding.key},
        "properties": {"quote": finding.quote.text} if finding.quote else {},
    }


def _logical(checked: Checked, finding: Finding) -> list[Json]:
    found: list[Json] = [
        {"name": checked.report.form.name(cell), "fullyQualifiedName": str(cell), "kind": "member"}
        for cell in finding.where
    ]
    if quote := finding.quote:
        name = section_title(checked.report, quote.section)
        found.append({"name": name, "fullyQualifiedName": quote.section.value, "kind": "module"})
    return found


def _file(name: str) -> Json:
    path = Path(name)
    uri = path.as_uri() if path.is_absolute() else percent_encoded(path.as_posix())
    return {"artifactLocation": {"uri": uri}}


def _notification(level: str, name: str, text: str) -> Json:
    return {
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": _file(name)}],
    }
