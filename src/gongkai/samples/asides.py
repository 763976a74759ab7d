"""Sentences full of numbers that are none of the tables': clean reports have them, audits pass them by."""

from __future__ import annotations

from random import Random

from gongkai.samples.facts import Facts, listed, split_into


def aside(rng: Random, facts: Facts, part: str) -> str:
    """Return a sentence for a part of the overview (management, platforms, safeguards), or nothing."""
    writers = _WRITERS[part]
    return rng.choice(writers)(rng, facts) if rng.random() < 0.6 else ""


def _mailbox(rng: Random, facts: Facts) -> str:
    letters = rng.randint(12, 900)
    return rng.choice(
        (
            f"网上信箱共受理群众来信{letters}件，办结{letters}件，按期回复率100%。",
            f"{facts.year}年收到咨询{letters}条，全部在五个工作日内答复。",
        )
    )


def _accounts(rng: Random, _: Facts) -> str:
    accounts = rng.randint(3, 60)
    kinds = ("微信公众号", "微博账号", "移动客户端")
    parts = listed(list(zip(kinds, split_into(rng, accounts, 3), strict=True)), "个")
    return f"现有政务新媒体账号{accounts}个，其中{parts}，总阅读量{rng.randint(11, 980) / 10}万次。"


def _meetings(rng: Random, _: Facts) -> str:
    briefings, days = rng.randint(1, 12), rng.randint(1, 9)
    return f"召开新闻发布会{briefings}场，举办开放日活动{days}场，邀请代表三十余人次走进办事一线。"


def _earlier(rng: Random, facts: Facts) -> str:
    then = facts.year - rng.randint(2, 4)
    return f"按照{then}年印发的管理办法，对历史信息逐年清理，{facts.year - 1}年以前的专栏全部归档。"


def _cleaning(rng: Random, _: Facts) -> str:
    looked, closed = rng.randint(200, 900), rng.randint(3, 60)
    return f"全年巡查栏目{looked}个次，发现错链、错别字等问题{closed}处，已整改{closed}处。"


def _collected(rng: Random, _: Facts) -> str:
    drafts, opinions = rng.randint(1, 15), rng.randint(3, 400)
    return f"就{drafts}件重大行政决策草案公开征求意见，收到意见建议{opinions}条，采纳情况一并公布。"


def _notices(rng: Random, _: Facts) -> str:
    return (
        f"编发工作通报{rng.choice('二三四')}期，约谈排名靠后的单位{rng.randint(1, 4)}家，其中两家已完成整改。"
    )


def _next_year(_: Random, facts: Facts) -> str:
    return f"{facts.year + 1}年的培训计划和检查清单已同步制定。"


_WRITERS = {
    "management": (_cleaning, _earlier, _collected),
    "platforms": (_mailbox, _accounts, _meetings),
    "safeguards": (_notices, _next_year),
}
