"""What a supervisor fills in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.oversight.choices import ReportStatus
from gongkai.web.oversight.models import AnnualReport, StagedUpload
from gongkai.web.oversight.services.figures import importing as figures_importing
from gongkai.web.oversight.services.figures import monthly
from gongkai.web.oversight.services.figures.numbers import Unclear, number_of, plain_text
from gongkai.web.oversight.services.figures.sheet import LONGEST_SOURCE, Entry
from gongkai.web.oversight.services.figures.sheet_lines import LINES
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


class NumberField(forms.CharField):
    """A number as people type it; blank is not known, 0 is none."""

    def __init__(self, *, is_whole: bool, is_money: bool = False, **kwargs: Any) -> None:
        mode = "numeric" if is_whole else "decimal"
        widget = forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off", "class": "gk-number"})
        super().__init__(required=False, max_length=40, widget=widget, **kwargs)
        self.is_whole, self.is_money = is_whole, is_money

    def clean(self, value: Any) -> Decimal | None:
        """Return the number; None for a blank."""
        text = super().clean(value)
        try:
            return number_of(text, is_whole=self.is_whole, is_money=self.is_money)
        except Unclear as why:
            raise forms.ValidationError(f"“{text}”{why}。") from why

    def prepare_value(self, value: Any) -> Any:
        """Show a number as people write it."""
        return plain_text(value) if isinstance(value, Decimal) else value


class SeenField(forms.IntegerField):
    """The last row that was there when the page was opened; without it nobody knows what was written over."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        again = "提交的内容不完整，请重新打开页面再填。"
        super().__init__(label="页面", error_messages={"required": again, "invalid": again})


class FiguresForm(forms.Form):
    """A year of monthly figures of a body, as far as its months have begun."""

    seen = SeenField()
    source = forms.CharField(
        label="数据来源",
        max_length=200,
        required=False,
        help_text="记在这次修改的每一格上，如：行政执法统计年报系统、县财政局12月报表。",
    )

    def __init__(self, *args: Any, months: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = list(months)
        for month in self.months:
            for item in monthly.ITEMS.values():
                self.fields[self.name(item.code, month)] = NumberField(
                    label=f"{month}月{item.heading}", is_whole=item.is_whole, is_money=not item.is_whole
                )

    @staticmethod
    def name(item: str, month: int) -> str:
        """Return the name of a cell's field."""
        return f"{item}-{month}"

    def values(self) -> dict[tuple[str, int], Decimal | None]:
        """Return what was typed, by item and month; a field that was not sent is no blank and left out."""
        return {
            (item, month): self.cleaned_data[name]
            for month in self.months
            for item in monthly.ITEMS
            if (name := self.name(item, month)) in self.data
        }


class FigureFileForm(forms.Form):
    """A spreadsheet of monthly figures."""

    file = forms.FileField(
        label="电子表格",
        max_length=200,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(figures_importing.EXTENSIONS)}),
        error_messages={"required": "请选择文件。", "max_length": "文件名过长，请改短后上传。"},
    )


class SheetForm(forms.Form):
    """A body's fact sheet of a year: a number and its source for each line."""

    seen = SeenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in LINES.values():
            number = NumberField(label=f"{line.name}（{line.unit}）", is_whole=line.is_whole)
            number.widget.attrs["aria-describedby"] = f"help-{line.code}"
            self.fields[line.code] = number
            self.fields[f"{line.code}-source"] = forms.CharField(
                label=f"{line.name}的来源", max_length=LONGEST_SOURCE, required=False
            )

    def entries(self) -> dict[str, Entry]:
        """Return what was written, by the line's code; a line that was not sent is no blank and left out."""
        given = self.cleaned_data
        return {
            code: Entry(value=given[code], source=given[f"{code}-source"])
            for code in LINES
            if code in self.data
        }


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DemandForm(forms.Form):
    """What a collection asks: of whom, by when."""

    due_on = forms.DateField(label="报送期限", widget=_Day)
    note = forms.CharField(
        label="报送要求", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    members = forms.ModelMultipleChoiceField(
        label="应报单位",
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个应报单位。"},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = choices


class OpeningForm(DemandForm):
    """A new collection."""

    year = forms.TypedChoiceField(label="报告年度", coerce=int)
    field_order = ("year", "due_on", "note", "members")

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(y, f"{y} 年") for y in range(this_year - 1, FIRST_YEAR - 1, -1)]


class ReturnForm(forms.Form):
    """Why a report goes back, and by when it is to come again."""

    reason = forms.CharField(
        label="退回意见", max_length=2000, strip=True, widget=forms.Textarea(attrs={"rows": 4})
    )
    due_on = forms.DateField(label="改正期限", widget=_Day)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class MemberFileForm(UploadForm):
    """One report file of a member."""

    file = forms.FileField(
        label="报告文件",
        max_length=200,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "请选择年度报告文件。", "max_length": "文件名过长，请改短后上传。"},
    )
    despite_file = forms.BooleanField(label="文件里写的机关或者年度不同，我已核对，仍然报送", required=False)


class ClaimForm(forms.Form):
    """Whose report a file of a batch is."""

    agency = forms.ModelChoiceField(queryset=Agency.objects.none(), empty_label="请选择机关")

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = choices
