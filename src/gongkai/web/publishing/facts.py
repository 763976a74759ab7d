"""What publishing can tell an annual report; `services.facts` counts it."""

from __future__ import annotations

from gongkai.web.agencies.fact_sources import Fact, facts_of

_SERVICE = "gongkai.web.publishing.services.facts"
DISCLOSED, NORMATIVE, EXPLAINED = "主动公开", "规章和规范性文件", "解读、会议和公报"

PAGES = facts_of(
    "publishing",
    _SERVICE,
    ("documents", "主动公开信息", "条", DISCLOSED),
    ("documents_by_column", "主动公开信息按栏目", "条", DISCLOSED),
    ("documents_by_item", "主动公开信息按法定事项", "条", DISCLOSED),
    ("documents_by_genre", "主动公开信息按体裁", "条", DISCLOSED),
    ("documents_in_time", "按时公开信息", "条", DISCLOSED),
    ("documents_late", "超期公开信息", "条", DISCLOSED),
    ("rules_made", "制发规章", "件", NORMATIVE),
    ("rules_ended", "废止规章", "件", NORMATIVE),
    ("rules_in_force", "现行有效规章", "件", NORMATIVE),
    ("normative_made", "制发行政规范性文件", "件", NORMATIVE),
    ("normative_ended", "废止行政规范性文件", "件", NORMATIVE),
    ("normative_in_force", "现行有效行政规范性文件", "件", NORMATIVE),
    ("interpretations", "政策解读", "篇", EXPLAINED),
    ("interpretations_by_form", "政策解读按形式", "篇", EXPLAINED),
    ("documents_interpreted", "配发解读的公开信息", "条", EXPLAINED),
    ("meetings", "公开政府会议", "次", EXPLAINED),
    ("meetings_by_kind", "公开政府会议按类型", "次", EXPLAINED),
    ("gazettes", "政府公报", "期", EXPLAINED),
    ("gazette_documents", "政府公报刊登文件", "件", EXPLAINED),
)
FAULTS = tuple(
    Fact(code=f"publishing.{code}", name=name, unit="条", group="网页纠错", count=f"{_SERVICE}.{code}")
    for code, name in (("faults_reported", "收到网页纠错"), ("faults_settled", "办结网页纠错"))
)
FACTS = (*PAGES, *FAULTS)
