"""What the request desk can tell an annual report; `services.facts` counts it."""

from __future__ import annotations

from gongkai.web.agencies.fact_sources import facts_of

_SERVICE = "gongkai.web.inforequests.services.facts"
ON_REQUEST, FEES = "依申请公开", "信息处理费"

FACTS = facts_of(
    "inforequests",
    _SERVICE,
    ("received", "收到公开申请", "件", ON_REQUEST),
    ("received_by_channel", "收到公开申请按提交方式", "件", ON_REQUEST),
    ("received_by_topic", "收到公开申请按主题", "件", ON_REQUEST),
    ("answered_in_time", "按时答复申请", "件", ON_REQUEST),
    ("answered_late", "逾期答复申请", "件", ON_REQUEST),
    ("told_to_correct", "告知补正申请", "件", ON_REQUEST),
    ("extended", "延长答复期限申请", "件", ON_REQUEST),
    ("third_party_asked", "书面征求第三方意见申请", "件", ON_REQUEST),
    ("turned_proactive", "依申请转主动公开", "件", ON_REQUEST),
    ("transferred", "移送其他机关申请", "件", ON_REQUEST),
    ("records_received", "更正本人信息申请", "件", ON_REQUEST),
    ("charged", "收取信息处理费申请", "件", FEES),
    ("fees", "收取信息处理费", "元", FEES),
)
