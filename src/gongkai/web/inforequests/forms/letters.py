"""The form of a letter, built from what its kind asks; a draft may have gaps, so nothing is required."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from gongkai.web.agencies.widgets import DAY
from gongkai.web.inforequests.models import CaseFileItem
from gongkai.web.inforequests.services.drafting import Draft
from gongkai.web.inforequests.services.lettering import (
    SERVICE_CHOICES,
    Asked,
    GroundChoice,
    Guide,
)

FEWEST_ROWS, MOST_ROWS, MORE_ROWS = 5, 60, 5
_LONGEST, _LONGEST_LINE = 6000, 300


class LetterForm(forms.Form):
    """What the drafter of a letter gives."""

    def __init__(
        self,
        *args: Any,
        guide: Guide,
        offered: Sequence[CaseFileItem],
        draft: Draft,
        rows: int = FEWEST_ROWS,
        **kwargs: Any,
    ) -> None:
        self.guide, self.rows = guide, max(rows, len(draft.withheld)) if guide.has_parts else 0
        super().__init__(*args, initial=_initial(draft, offered), **kwargs)
        for asked in guide.asked:
            self.fields[f"d_{asked.code}"] = _detail(asked)
        self._choices()
        for at in range(self.rows):
            self._row(at)
        if offered:
            self.fields["annexes"] = forms.TypedMultipleChoiceField(
                label="随文附件",
                required=False,
                coerce=int,
                choices=[(item.pk, _annex(item)) for item in offered],
                widget=forms.CheckboxSelectMultiple,
            )

    def _choices(self) -> None:
        guide = self.guide
        if guide.outcomes:
            choices = [("", "请选择"), *guide.outcomes]
            self.fields["outcome"] = forms.ChoiceField(label="处理结果", choices=choices, required=False)
        if guide.grounds and not guide.has_parts:
            self.fields["grounds"] = forms.MultipleChoiceField(
                label="不予公开事由",
                required=False,
                choices=[(each.code, each.name) for each in guide.grounds],
                widget=forms.CheckboxSelectMultiple,
            )
        if guide.ranks:
            self.fields["instrument_rank"] = forms.ChoiceField(
                label="禁止公开的依据是",
                choices=guide.ranks,
                required=False,
                help_text="以“法律、行政法规禁止公开”为由的必选；规章和文件不能作依据。",
            )
        if guide.tariffs:
            self.fields["tariff"] = forms.ChoiceField(
                label="收费标准", choices=guide.tariffs, required=False, widget=forms.RadioSelect
            )
            self.fields["units"] = forms.IntegerField(
                label="页数", required=False, min_value=0, max_value=1_000_000, help_text="按量计收的填写。"
            )
        if guide.tells_remedies:
            self.fields["served_online"] = forms.BooleanField(
                label="以电子方式送达",
                required=False,
                help_text="电子送达的，文书须同时告知网上申请行政复议的渠道，由设置中的渠道自动写入。",
            )

    def _row(self, at: int) -> None:
        grounds = [
            ("", "请选择"),
            *((each.code, f"{each.name}（{each.article}）") for each in self.guide.grounds),
        ]
        text = forms.Textarea(attrs={"rows": 2})
        label = f"第{at + 1}项"
        self.fields[f"part{at}"] = forms.CharField(
            label=f"{label}不予公开的内容", required=False, max_length=_LONGEST_LINE, widget=text
        )
        self.fields[f"ground{at}"] = forms.ChoiceField(
            label=f"{label}法定事由", required=False, choices=grounds
        )
        self.fields[f"why{at}"] = forms.CharField(
            label=f"{label}理由", required=False, max_length=_LONGEST, widget=text
        )

    def details(self) -> Iterator[tuple[Asked, BoundField]]:
        """Yield what is written by hand, each with its field."""
        return ((asked, self[f"d_{asked.code}"]) for asked in self.guide.asked)

    def parts(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        """Yield the rows of what is withheld: what, by which ground, why."""
        return ((self[f"part{at}"], self[f"ground{at}"], self[f"why{at}"]) for at in range(self.rows))

    def ground_boxes(self) -> Iterator[tuple[GroundChoice, bool]]:
        """Yield the grounds, each with whether it is ticked."""
        ticked = set(self["grounds"].value() or ()) if "grounds" in self.fields else set()
        return ((each, each.code in ticked) for each in self.guide.grounds)

    def content(self) -> Draft:
        """Return what was given, once valid; the annexes are added where the files are known."""
        given = self.cleaned_data
        details = {asked.code: _told(asked, given[f"d_{asked.code}"]) for asked in self.guide.asked}
        rows = [
            tuple(given[f"{name}{at}"].strip() for name in ("part", "ground", "why"))
            for at in range(self.rows)
        ]
        return Draft(
            details={code: value for code, value in details.items() if value is not None},
            grounds=tuple(given.get("grounds", ())),
            withheld=tuple((what, ground, why) for what, ground, why in rows if what or ground or why),
            served_online=given.get("served_online", False),
            tariff=given.get("tariff", ""),
            units=given.get("units") or 0,
            instrument_rank=given.get("instrument_rank", ""),
            outcome=given.get("outcome", ""),
        )


def _detail(asked: Asked) -> forms.Field:
    common: dict[str, Any] = {"label": asked.name, "help_text": asked.hint, "required": False}
    if asked.shape == "day":
        return forms.DateField(widget=DAY, **common)
    if asked.shape == "number":
        return forms.IntegerField(min_value=0, max_value=1_000_000, **common)
    if asked.shape == "line":
        return forms.CharField(max_length=_LONGEST_LINE, **common)
    rows = 3 if asked.shape == "lines" else 4
    return forms.CharField(max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **common)


def _told(asked: Asked, value: Any) -> str | date | int | tuple[str, ...] | None:
    if asked.shape == "lines":
        return tuple(line.strip() for line in value.splitlines() if line.strip()) or None
    return value if value not in ("", None) else None


def _annex(item: CaseFileItem) -> str:
    """A file with when it was put in, which tells apart two of one name."""
    return f"{item.name}（{timezone.localtime(item.at):%Y-%m-%d %H:%M}附卷，第{item.pk}号）"


def _initial(draft: Draft, offered: Sequence[CaseFileItem]) -> dict[str, Any]:
    initial: dict[str, Any] = {
        f"d_{code}": "\n".join(value) if isinstance(value, tuple) else value
        for code, value in draft.details.items()
    }
    for at, row in enumerate(draft.withheld):
        initial |= {f"{name}{at}": value for name, value in zip(("part", "ground", "why"), row, strict=True)}
    plain = ("served_online", "tariff", "instrument_rank", "outcome")
    initial |= {name: getattr(draft, name) for name in plain}
    named = dict(draft.annexed)
    chosen = [item.pk for item in offered if item.pk in named]
    return initial | {"grounds": list(draft.grounds), "units": draft.units or None, "annexes": chosen}


class SendingForm(forms.Form):
    """How and when a letter went out."""

    service = forms.ChoiceField(label="送达方式", choices=SERVICE_CHOICES, widget=forms.RadioSelect)
    on = forms.DateField(label="发出日期", widget=DAY)
    postal_enterprise = forms.BooleanField(
        label="由邮政企业寄递（EMS、挂号信）",
        required=False,
        initial=True,
        help_text="邮寄的，国家机关公文只能交邮政企业；确已交其他快递的，取消勾选，照实登记。",
    )
    mail_number = forms.CharField(label="邮件号", max_length=40, required=False)
    proof = forms.FileField(
        label="送达凭证", required=False, help_text="交邮单、送达回证、发送成功截图等，可以稍后附卷。"
    )
