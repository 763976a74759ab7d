"""Numbers in templates as people write them."""

from __future__ import annotations

from django import template

from gongkai.web.oversight.services.figures.numbers import plain_text

register = template.Library()
register.filter("plain_number", plain_text)
