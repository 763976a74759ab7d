"""Bodies and their staff; what staff are told; what is counted against strangers."""

from gongkai.web.agencies.models.bodies import Agency, User
from gongkai.web.agencies.models.limiting import Tally
from gongkai.web.agencies.models.notifying import CalendarAddress, Delivery, Notification

__all__ = ["Agency", "CalendarAddress", "Delivery", "Notification", "Tally", "User"]
