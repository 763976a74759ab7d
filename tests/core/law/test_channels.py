"""The day of receipt where a body has announced a rule of its own, and where all happens on one day."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.channels import CHANNELS, Channel, receipt_day

REACHED, CONFIRMED = date(2025, 10, 4), date(2025, 10, 10)


@pytest.mark.parametrize("channel", Channel)
def test_a_rule_of_ones_own_moves_only_what_comes_online_or_waits_anyway(channel: Channel) -> None:
    waits = {Channel.INTERNET, Channel.EMAIL, Channel.PLAIN_MAIL, Channel.FAX}
    receipt = receipt_day(channel, reached=REACHED, confirmed=CONFIRMED, own_rule=True)
    assert receipt.on == (CONFIRMED if channel in waits else REACHED)
    unconfirmed = receipt_day(channel, reached=REACHED, own_rule=True)
    assert unconfirmed.on == (None if channel in waits else REACHED)


@pytest.mark.parametrize("channel", Channel)
def test_what_is_confirmed_on_the_day_it_came_is_received_that_day(channel: Channel) -> None:
    receipt = receipt_day(channel, reached=REACHED, confirmed=REACHED)
    assert (receipt.on, receipt.earliest, receipt.rule) == (REACHED, REACHED, CHANNELS[channel])
