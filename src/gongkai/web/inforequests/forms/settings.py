"""The form of a body's settings: its particulars, and a choice of two for each open question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from gongkai.web.inforequests.models import DeskSettings
from gongkai.web.inforequests.services.office_settings import FIELDS, Choice, choices, kept

STRICT, OTHERWISE = "strict", "otherwise"
_MOST_DAYS = 60


class OfficeForm(forms.ModelForm):
    """A body's settings; the switches are not columns of their own."""

    class Meta:
        model = DeskSettings
        fields = list(FIELDS)
        help_texts = {
            "body_kind": "决定向哪个机关申请行政复议；留空的，按机关类型推定。",
            "government": "写入救济途径；留空的，取上级机关。",
            "court": "如“霁川县人民法院”；留空的，写“有管辖权的人民法院”。",
            "reconsideration_url": "网址或者小程序名称；电子送达的文书必须同时告知。",
            "mark": "文号的开头，如“宁”，文号即为“宁公开答〔2026〕1号”。",
            "fee_account": "执收单位、账户、地点，写入收费通知书。",
            "correction_days": "补正告知书给申请人的工作日数。",
            "is_open": "取消勾选后，网站不再接受向本机关提出的申请，仍可当面、邮寄提出。",
        }
        widgets = {"fee_account": forms.Textarea(attrs={"rows": 2})}

    reason = forms.CharField(
        label="改变口径的依据",
        max_length=300,
        required=False,
        help_text="改变口径的必填，如主管部门的文件名称、文号。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = self.fields["body_kind"]
        kinds.choices = [("", "按机关类型推定"), *(pair for pair in kinds.choices if pair[0])]
        for choice in choices():
            self.fields[f"s_{choice.name}"] = forms.ChoiceField(
                label=choice.title,
                choices=[(STRICT, choice.strict), (OTHERWISE, choice.otherwise)],
                initial=OTHERWISE if choice.name in self.instance.practice else STRICT,
                widget=forms.RadioSelect,
            )

    def clean_correction_days(self) -> int:
        """Refuse no time at all, and more than is reasonable."""
        days = int(self.cleaned_data["correction_days"])
        if not 1 <= days <= _MOST_DAYS:
            raise forms.ValidationError(f"补正期限应在1至{_MOST_DAYS}个工作日之间。")
        return days

    def plain(self) -> Iterator[BoundField]:
        """Yield the fields that are no switches."""
        return (self[name] for name in FIELDS)

    def switches(self) -> Iterator[tuple[Choice, BoundField]]:
        """Yield the open questions, each with its field."""
        return ((choice, self[f"s_{choice.name}"]) for choice in choices())

    def practice(self) -> dict[str, Any]:
        """Return the switches as chosen, once valid."""
        names = [each.name for each in choices() if self.cleaned_data[f"s_{each.name}"] == OTHERWISE]
        return kept(names)

    def values(self) -> dict[str, Any]:
        """Return the particulars, once valid."""
        return {name: self.cleaned_data[name] for name in FIELDS}
