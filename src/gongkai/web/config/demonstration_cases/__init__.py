"""The demonstration's requests for information, over the last two years up to today, in every state.

They are acts of invented people, told through the same services a desk uses, so that records, letters with
their numbers and files, clocks and counts are those of real cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency, Notification
from gongkai.web.agencies.services.notifying import mark_read
from gongkai.web.config.demonstration_cases import answered, disputed, frequent, refused, waiting
from gongkai.web.config.demonstration_cases.offices import open_offices
from gongkai.web.config.demonstration_cases.telling import Telling, tell
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services.refreshing import refresh_deadlines

STORIES = (
    *answered.STORIES, *refused.STORIES, *frequent.STORIES, *disputed.STORIES, *waiting.STORIES,
)  # fmt: skip


@transaction.atomic
def fill_cases(agencies: Mapping[str, Agency], password: str, now: datetime) -> dict[str, Telling]:
    """Save every case of the demonstration as it stands now; return them by key.

    Raises:
        PaperError: letters cannot be written as PDF on this machine.
    """
    told = tell(STORIES, open_offices(agencies, password), now)
    refresh_deadlines(on=timezone.localtime(now).date())
    done = [str(pk) for pk in InfoRequest.objects.exclude(closed_on=None).values_list("pk", flat=True)]
    of_cases = Notification.objects.filter(content_type=ContentType.objects.get_for_model(InfoRequest))
    mark_read(notifications=of_cases.filter(object_id__in=done), on=now)
    return told
