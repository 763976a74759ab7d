"""A body's facts and its place in the tree."""

from __future__ import annotations

import pytest
from county import County
from django.core.exceptions import ValidationError
from django.urls import get_resolver

from gongkai.web.agencies.choices import RESERVED_SLUGS, Kind
from gongkai.web.agencies.models import Agency, User
from gongkai.web.publishing import urls as publishing_urls


@pytest.mark.parametrize("code", ["990101", "990101100", "990101100001"])
def test_a_region_code_of_6_9_or_12_digits_is_taken(county: County, code: str) -> None:
    county.bureau.region_code = code
    county.bureau.full_clean()


@pytest.mark.parametrize("code", ["99010", "9901011", "99010A", "9901011000011", "９９０１０１"])
def test_any_other_region_code_is_refused(county: County, code: str) -> None:
    county.bureau.region_code = code
    with pytest.raises(ValidationError) as refusal:
        county.bureau.full_clean()
    assert list(refusal.value.message_dict) == ["region_code"]


def test_a_body_cannot_stand_below_itself(county: County) -> None:
    county.government.parent = county.bureau
    with pytest.raises(ValidationError) as refusal:
        county.government.full_clean()
    assert list(refusal.value.message_dict) == ["parent"]


def test_every_first_part_of_an_address_is_reserved(county: County) -> None:
    patterns = [str(pattern.pattern) for pattern in get_resolver().url_patterns]
    patterns += [str(pattern.pattern) for pattern in publishing_urls.urlpatterns]
    parts = {pattern.split("/")[0] for pattern in patterns} - {""}
    assert parts <= RESERVED_SLUGS
    county.bureau.slug = "nianbao"
    with pytest.raises(ValidationError) as refusal:
        county.bureau.full_clean()
    assert list(refusal.value.message_dict) == ["slug"]


@pytest.mark.parametrize(
    ("kind", "is_government"),
    [(kind, kind in {Kind.GOVERNMENT, Kind.TOWNSHIP_GOVERNMENT}) for kind in Kind],
)
def test_only_governments_report_for_an_area(kind: Kind, is_government: bool) -> None:
    assert Agency(kind=kind).is_government is is_government


def test_a_name_stands_in_chinese_order() -> None:
    assert User(display_name="陆知远").get_full_name() == "陆知远"
    assert User(last_name="陆", first_name="知远").get_full_name() == "陆知远"
