"""Public addresses of the agencies app."""

from django.urls import path

from gongkai.web.agencies.views import calendar

urlpatterns = [path("rili/<str:token>.ics", calendar, name="calendar")]
