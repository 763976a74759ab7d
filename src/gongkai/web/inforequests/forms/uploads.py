"""Files an applicant sends in, each looked at before anything is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.web.inforequests.services import files
from gongkai.web.inforequests.services.files import Upload
from gongkai.web.inforequests.services.refusing import Refused

ACCEPTED = ",".join(f".{each}" for each in sorted(files.FROM_APPLICANT))
TAKEN = "可以上传 PDF、OFD、Word、WPS、文本和 JPG、PNG 图片，每个不超过20兆字节，一次合计不超过30兆字节。"


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class UploadsField(forms.FileField):
    """Several files of the kinds applicants may send; cleaned into `files.Upload`."""

    widget = _FilesInput

    def __init__(self, *, most: int, **options: Any) -> None:
        self.most = most
        super().__init__(widget=_FilesInput(attrs={"accept": ACCEPTED}), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:  # noqa: ARG002
        """Return the files in the order they were chosen.

        Raises:
            ValidationError: too many, or one that cannot be kept; it is said which and why.
        """
        given = [each for each in data or () if each]
        if self.required and not given:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(given) > self.most:
            raise ValidationError(f"最多上传{self.most}个文件，您选了{len(given)}个。", code="many")
        found, problems = [], []
        for each in given:
            try:
                found.append(files.checked(each.name or "", each, allowed=files.FROM_APPLICANT))
            except Refused as refused:
                problems.append(str(refused))
        if problems:
            raise ValidationError(problems)
        return found
