"""Widgets that forms of several apps share."""

from __future__ import annotations

from django import forms

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
"""A day as browsers ask for it; they take no other way of writing one."""
