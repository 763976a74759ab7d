"""The day a request counts as received, by the channel it came through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.periods import Evidence
from gongkai.law.sources import CASE26, R711, Citation


class Channel(StrEnum):
    """How a request reaches the body."""

    IN_PERSON = "in_person"
    EMS = "ems"
    REGISTERED = "registered"
    PLAIN_MAIL = "plain_mail"
    INTERNET = "internet"
    FAX = "fax"
    EMAIL = "email"
    ORAL = "oral"


@dataclass(frozen=True, kw_only=True)
class ChannelRule:
    """What fixes the day of receipt: `needs_confirmation` if only the applicant's confirmation does."""

    name: str
    event: str
    needs_confirmation: bool
    source: tuple[Citation, ...]
    evidence: Evidence = Evidence.READ


# What the body's own system takes without a person.
ONLINE = frozenset((Channel.INTERNET, Channel.EMAIL))
SIGNED = frozenset((Channel.EMS, Channel.REGISTERED))
_SIGNED = "行政机关签收之日（收发室、门卫签收也算）"
CHANNELS: Mapping[Channel, ChannelRule] = {
    Channel.IN_PERSON: ChannelRule(
        name="当面", event="当面提交之日", needs_confirmation=False, source=(R711.art(31, item=1),)
    ),
    Channel.EMS: ChannelRule(
        name="EMS", event=_SIGNED, needs_confirmation=False, source=(R711.art(31, item=2),)
    ),
    Channel.REGISTERED: ChannelRule(
        name="挂号信", event=_SIGNED, needs_confirmation=False, source=(R711.art(31, item=2),)
    ),
    Channel.PLAIN_MAIL: ChannelRule(
        name="平信",
        event="与申请人确认之日（工作机构应于收到信函的当日联系确认）",
        needs_confirmation=True,
        source=(R711.art(31, item=2),),
    ),
    Channel.INTERNET: ChannelRule(
        name="互联网",
        event="系统确认申请提交成功之日（节假日也算）",
        needs_confirmation=False,
        source=(R711.art(31, item=3), CASE26.part("（最高人民法院指导案例26号）")),
        evidence=Evidence.INTERPRETED,
    ),
    Channel.FAX: ChannelRule(
        name="传真",
        event="双方确认之日",
        needs_confirmation=True,
        source=(R711.art(31, item=3),),
    ),
    Channel.EMAIL: ChannelRule(
        name="邮箱",
        event="公布的邮箱收到邮件之日",
        needs_confirmation=False,
        source=(R711.art(31, item=3), CASE26.part("（最高人民法院指导案例26号）")),
        evidence=Evidence.INTERPRETED,
    ),
    Channel.ORAL: ChannelRule(
        name="口头",
        event="工作机构代为填写申请之日（采用书面形式确有困难的，可以口头提出）",
        needs_confirmation=False,
        source=(R711.art(29, 1), R711.art(31, item=1)),
        evidence=Evidence.INTERPRETED,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The day of receipt, None while it awaits confirmation, and the earliest day anyone could count from."""

    channel: Channel
    on: date | None
    earliest: date

    @property
    def rule(self) -> ChannelRule:
        """The rule the day was fixed by."""
        return CHANNELS[self.channel]


def receipt_day(
    channel: Channel, *, reached: date, confirmed: date | None = None, own_rule: bool = False
) -> Receipt:
    """Return the day a request counts as received.

    Args:
        channel: how it came.
        reached: the day it was handed in, signed for by anyone of the body, put in the letter box, submitted
            with the system's receipt, faxed, or taken by the mail server.
        confirmed: the day both sides confirmed, where that was a separate act.
        own_rule: the body has openly announced that online requests count from its confirmation.
    Raises:
        ValueError: confirmed before it was there.
    Source: R711 art. 31; Supreme People's Court guiding case 26 for online requests.
    """
    if confirmed is not None and confirmed < reached:
        raise ValueError(f"confirmed on {confirmed}, before it arrived on {reached}")
    awaits = CHANNELS[channel].needs_confirmation or (channel in ONLINE and own_rule)
    return Receipt(channel=channel, on=confirmed if awaits else reached, earliest=reached)
