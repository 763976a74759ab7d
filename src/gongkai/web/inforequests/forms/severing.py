"""What is marked on a page, and why."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.web.inforequests.services.severance import USUAL_GROUND, grounds

_MOST = 20_000


class WhyForm(forms.Form):
    """The ground of a mark, and the reason in the officer's words."""

    ground = forms.ChoiceField(label="事由", initial=USUAL_GROUND)
    reason = forms.CharField(
        label="理由",
        max_length=200,
        required=False,
        help_text="写在说明页上，如：申请人以外的个人信息。留空的，写事由的名称。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = grounds()


class FindForm(WhyForm):
    """Words to be marked wherever they stand."""

    text = forms.CharField(label="文字", max_length=200)


class DrawForm(WhyForm):
    """An area of a page, in points from its top left corner."""

    x0 = forms.FloatField(label="左", min_value=0, max_value=_MOST)
    y0 = forms.FloatField(label="上", min_value=0, max_value=_MOST)
    x1 = forms.FloatField(label="右", min_value=0, max_value=_MOST)
    y1 = forms.FloatField(label="下", min_value=0, max_value=_MOST)

    def box(self) -> tuple[float, float, float, float]:
        """Return the area, whichever corner was given first."""
        given = self.cleaned_data
        (x0, x1), (y0, y1) = sorted((given["x0"], given["x1"])), sorted((given["y0"], given["y1"]))
        return x0, y0, x1, y1
