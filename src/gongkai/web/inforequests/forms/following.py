"""What an applicant fills in about a case that is under way."""

from __future__ import annotations

from django import forms

from gongkai.web.inforequests.forms.uploads import TAKEN, UploadsField
from gongkai.web.inforequests.services import asking


class EnterForm(forms.Form):
    """Number and code, as the receipt gives them."""

    number = forms.CharField(
        label="登记编号",
        max_length=40,
        help_text="如 2026-012-00031，短横线可以不输。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": "请填写登记编号。"},
    )
    code = forms.CharField(
        label="查询码",
        max_length=20,
        help_text="回执上的8位字母和数字，大小写都可以。",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "请填写查询码。"},
    )


class HandInForm(forms.Form):
    """The corrected request, or reasons, in words and with files."""

    text = forms.CharField(
        label="内容", max_length=5000, widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "请写明内容。"},
    )  # fmt: skip
    material = UploadsField(label="附件", most=asking.MOST_WITH_TEXT, required=False, help_text=TAKEN)


class RateForm(forms.Form):
    """How it was, in points and words."""

    score = forms.ChoiceField(
        label="满意度",
        choices=[
            ("", "请选择"),
            ("5", "5分：很满意"),
            ("4", "4分：满意"),
            ("3", "3分：一般"),
            ("2", "2分：不满意"),
            ("1", "1分：很不满意"),
        ],
        error_messages={"required": "请选择满意度。"},
    )
    words = forms.CharField(
        label="意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class EmailForm(forms.Form):
    """An address to be reached at."""

    email = forms.EmailField(
        label="电子邮箱", max_length=120, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "请填写电子邮箱。"},
    )  # fmt: skip
