"""What a supervisor fills in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.oversight.choices import ReportStatus
from gongkai.web.oversight.models import AnnualReport, StagedUpload
from gongkai.web.oversight.services.reports.registering import EXTENSIONS, FIRST_YEAR

ACCEPTED = ",".join(EXTENSIONS)
FINDINGS_CHOICES = [
    ("", "不限"),
    ("open", "有待处理问题"),
    ("errors", "有待处理错误"),
    ("none", "没有待处理问题"),
    ("illegible", "有待确认的单元格"),
]


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each checked as one is."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files in the order they were chosen."""
        one = super().clean
        return [one(file, initial) for file in data] if data else [one(None, initial)]


class UploadForm(forms.Form):
    """Report files as bodies sent them: one by one, or packed into archives and mails."""

    file = FilesField(
        label="报告文件",
        max_length=200,
        allow_empty_file=True,
        widget=_FilesInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "请选择年度报告文件。", "max_length": "文件名过长，请改短后上传。"},
    )


class RegisterForm(forms.Form):
    """Whose report the file is, and for which year."""

    agency = forms.ModelChoiceField(
        label="报告机关", queryset=Agency.objects.none(), empty_label="请选择", required=True
    )
    year = forms.IntegerField(label="报告年度", min_value=FIRST_YEAR)
    despite_file = forms.BooleanField(label="我已核对，仍按所选的机关和年度登记", required=False)

    def __init__(
        self, *args: Any, by: User, staged: StagedUpload, proposed: Agency | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_of(by)
        self.staged, self.proposed = staged, proposed
        self.must_be_meant = False

    def clean(self) -> dict[str, Any]:
        """Ask once more where the file says another body or year: a registered version stays for good."""
        chosen = super().clean()
        meant = chosen.pop("despite_file", False)
        contradicted = list(self._contradicted(chosen.get("agency"), chosen.get("year")))
        self.must_be_meant = bool(contradicted)
        if contradicted and not meant:
            raise forms.ValidationError([*contradicted, "登记后不能删除。确实无误的，请勾选下方的确认。"])
        return chosen

    def _contradicted(self, agency: Agency | None, year: int | None) -> Iterator[str]:
        read = self.staged.reading
        if agency and self.proposed and agency != self.proposed:
            yield f"文件中写的机关是“{read['agency']}”，您选的是“{agency.name}”。"
        if year and read["year"] and year != read["year"]:
            yield f"文件中写的年度是 {read['year']} 年，您填的是 {year} 年。"


class ReasonForm(forms.Form):
    """A reason that an act needs."""

    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )


class FilterForm(forms.Form):
    """Which reports to list."""

    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)
    agency = forms.ModelChoiceField(
        label="机关", required=False, queryset=Agency.objects.none(), empty_label="全部机关"
    )
    status = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部状态"), *ReportStatus.choices[:4]]
    )
    findings = forms.ChoiceField(label="问题", required=False, choices=FINDINGS_CHOICES)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = agencies_of(by)
        self.fields["agency"].queryset = mine
        years = AnnualReport.objects.filter(agency__in=mine).order_by("-year").values_list("year", flat=True)
        self.fields["year"].choices = [("", "全部年度"), *((y, f"{y} 年") for y in years.distinct())]
