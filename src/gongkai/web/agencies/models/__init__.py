"""Bodies and their staff; what staff are told; what is counted against strangers;
what the site does of itself."""

from gongkai.web.agencies.models.bodies import Agency, User
from gongkai.web.agencies.models.chores import ChoreRun
from gongkai.web.agencies.models.limiting import Tally
from gongkai.web.agencies.models.notifying import CalendarAddress, Delivery, Notification

__all__ = ["Agency", "CalendarAddress", "ChoreRun", "Delivery", "Notification", "Tally", "User"]
