"""The request form: what R711 art. 29 lets a body ask for, and nothing else; never what it is wanted for."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from gongkai.law.procedure.states import CaseKind
from gongkai.web.inforequests.choices import (
    APPLICANT_CHOICES,
    NATURAL_PERSON,
    Delivery,
    IdentityKind,
    SupplyMedium,
)
from gongkai.web.inforequests.forms.uploads import TAKEN, UploadsField
from gongkai.web.inforequests.services import asking, files
from gongkai.web.inforequests.services.registering import Person

_PHONE = RegexValidator(
    r"^\+?[0-9][0-9 \-－（）()转,，]{5,38}$", "电话号码写数字，区号和分机可以用短横线隔开。"
)
_KEY = re.compile(r"[A-Za-z0-9_-]{20,64}")
_PERSONS = (IdentityKind.ID_CARD, IdentityKind.PASSPORT, IdentityKind.PERMIT, IdentityKind.OTHER)
_ORGANISATIONS = (IdentityKind.UNIFIED_CODE, IdentityKind.OTHER)
_NEED_PLACE = (SupplyMedium.PAPER, SupplyMedium.DISC)
_WITHOUT_PLACE = (Delivery.ONLINE, Delivery.EMAIL)
_WHAT_IS_WRONG = (
    "写明本机关提供的哪份政府信息、其中与您自身相关的哪处记录不准确，应当怎样更正；证据在下一步上传。"
)
_DELIVERIES = (
    (Delivery.ONLINE, "网上查询下载"),
    (Delivery.EMAIL, "电子邮件"),
    (Delivery.POST, "邮寄"),
    (Delivery.PICK_UP, "到受理机关领取、查阅"),
)


def _chosen(kinds: tuple[IdentityKind, ...]) -> list[tuple[str, str]]:
    return [(kind.value, str(kind.label)) for kind in kinds]


def _line(label: str, *, longest: int, autocomplete: str = "off", **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=options.pop("widget", forms.TextInput)(attrs={"autocomplete": autocomplete}),
        **options,
    )


class RequestForm(forms.Form):
    """Who asks, for what, in which form; `organisation` and `records` choose what is asked and how."""

    applicant_kind = forms.ChoiceField(
        label="单位类别",
        choices=[("", "请选择"), *(each for each in APPLICANT_CHOICES if each[0] != NATURAL_PERSON)],
        help_text="公司、个体经营选“商业企业”；社会团体、基金会等选“社会公益组织”；律师事务所选“法律服务机构”。",
        error_messages={"required": "请选择单位类别；都不符合的，选“其他”。"},
    )
    name = _line("姓名", longest=80, error_messages={"required": "请填写姓名（名称）。"})
    identity_kind = forms.ChoiceField(label="证件类型", error_messages={"required": "请选择证件类型。"})
    identity_number = _line("证件号码", longest=60, error_messages={"required": "请填写证件号码。"})
    contact_person = _line(
        "联系人", longest=40, autocomplete="name", error_messages={"required": "请填写联系人姓名。"}
    )
    phone = _line(
        "联系电话", longest=40, autocomplete="tel", required=False, validators=[_PHONE],
        help_text="电话和电子邮箱至少填一项；补正、送达都要联系您，最好填写手机号码。",
    )  # fmt: skip
    email = forms.EmailField(
        label="电子邮箱",
        max_length=120,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = _line(
        "通信地址", longest=200, autocomplete="street-address", required=False, help_text="选择邮寄的必填。"
    )
    agent_name = _line("代理人姓名", longest=40, required=False)
    agent_identity_number = _line("代理人证件号码", longest=60, required=False)
    wanted = forms.CharField(
        label="所需的政府信息",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="写明信息的名称、文号，或者时间、地点、事项等便于查找的特征。一件申请只写一件事，"
        "办得更快。不必说明用途，也不要写入他人的身份证号等个人信息。",
        error_messages={"required": "请写明需要什么政府信息。"},
    )
    medium = forms.ChoiceField(
        label="载体形式", choices=SupplyMedium.choices, initial=SupplyMedium.ELECTRONIC
    )
    delivery = forms.ChoiceField(label="获取方式", choices=_DELIVERIES, initial=Delivery.ONLINE)
    needs_help = forms.BooleanField(label="我在阅读、书写、视听方面有困难，需要工作人员协助", required=False)
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, organisation: bool = False, records: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.records = organisation, records
        fields = self.fields
        if organisation:
            fields["name"].label = "单位名称"
            fields["name"].widget.attrs["autocomplete"] = "organization"
            fields["identity_kind"].choices = _chosen(_ORGANISATIONS)
        else:
            del fields["applicant_kind"], fields["contact_person"]
            fields["name"].widget.attrs["autocomplete"] = "name"
            fields["identity_kind"].choices = _chosen(_PERSONS)
        if records:
            fields["wanted"].label = "哪条记录不准确，应当是什么"
            fields["wanted"].help_text = _WHAT_IS_WRONG
            fields["wanted"].error_messages["required"] = "请写明哪条记录不准确、应当是什么。"

    def clean_website(self) -> str:
        """Only programs fill in what nobody sees; a person whose browser did is told, and loses nothing."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("最后一个空白栏请留空，然后重新提交。")
        return ""

    def clean(self) -> dict[str, Any]:
        """See that the number fits its document, the applicant can be reached, the reply delivered."""
        given: dict[str, Any] = super().clean() or {}
        problem = asking.identity_problem(given.get("identity_kind", ""), given.get("identity_number") or "")
        if given.get("identity_number") and problem:
            self.add_error("identity_number", problem)
        if not given.get("phone") and not given.get("email") and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", "联系电话和电子邮箱至少填写一项。")
        self._check_delivery(given)
        for one, other in (("agent_name", "agent_identity_number"), ("agent_identity_number", "agent_name")):
            if given.get(one) and not given.get(other) and other not in self.errors:
                self.add_error(other, f"由代理人提出的，还要填写{self.fields[other].label}。")
        return given

    def _check_delivery(self, given: dict[str, Any]) -> None:
        delivery, medium = given.get("delivery"), given.get("medium")
        if delivery == Delivery.EMAIL and not given.get("email") and "email" not in self.errors:
            self.add_error("email", "选择以电子邮件获取的，请填写电子邮箱。")
        if delivery == Delivery.POST and not given.get("address") and "address" not in self.errors:
            self.add_error("address", "选择邮寄的，请填写通信地址和邮政编码。")
        if medium in _NEED_PLACE and delivery in _WITHOUT_PLACE:
            self.add_error("delivery", "纸质、光盘不能在网上取得，请选择邮寄或者到受理机关领取。")
        if medium == SupplyMedium.INSPECTION and delivery != Delivery.PICK_UP and delivery:
            self.add_error("delivery", "现场查阅、抄录的，请选择“到受理机关领取、查阅”。")

    @property
    def person(self) -> Person:
        """Who asks, of a valid form."""
        names = set(Person.__dataclass_fields__) & set(self.cleaned_data)
        return Person(**{name: self.cleaned_data[name] for name in names})

    @property
    def kind(self) -> str:
        """A request, or a demand to correct one's own records."""
        return (CaseKind.RECORDS if self.records else CaseKind.REQUEST).value

    @property
    def has_agent(self) -> bool:
        """Whether somebody acts for the applicant, of a valid form."""
        return bool(self.cleaned_data.get("agent_name"))

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What was filled in, by label, as the preview reads it back."""
        found = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if not value or name in ("website", "needs_help"):
                continue
            choices = dict(getattr(field, "choices", ()))
            found.append((str(field.label), str(choices.get(value, value))))
        if self.cleaned_data.get("needs_help"):
            found.append(("协助", "需要工作人员协助"))
        return found


class FilesForm(forms.Form):
    """The last step: proof of identity, authorisation, material; chosen when everything else is right.

    Without proof of identity it is registered all the same; the office asks for it, of a request by a
    correction notice.
    """

    identity = UploadsField(
        label="身份证明", most=files.MOST_FROM_APPLICANT, required=False,
        help_text=f"居民身份证、护照等证件的照片或者扫描件；单位上传营业执照或者登记证书。{TAKEN}",
    )  # fmt: skip
    later = forms.BooleanField(
        label="现在不能上传，以后再补交身份证明",
        required=False,
        help_text="没有身份证明的，受理机关将通知您补正，答复期限从补正之日重新起算。",
    )
    authorisation = UploadsField(
        label="授权委托书", most=2, required=False, help_text="由申请人签名或者盖章，写明代理权限。"
    )
    material = UploadsField(
        label="其他材料", most=files.MOST_FROM_APPLICANT, required=False, help_text="有助于查找的，可以附上。"
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_agent: bool, records: bool, terminal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terminal = terminal
        if not has_agent:
            del self.fields["authorisation"]
        else:
            self.fields["identity"].help_text = f"申请人和代理人双方的证件。{TAKEN}"
        if records:
            self.fields["material"].label = "证据材料"
            self.fields["material"].help_text = "证明记录不准确的材料。"
            self.fields["later"].help_text = "没有身份证明的，受理机关将与您联系补交，核对身份以后办理更正。"
        if terminal:  # There is nothing of one's own to upload at a terminal in a hall.
            for name in ("identity", "later", "authorisation", "material"):
                self.fields.pop(name, None)

    def clean_key(self) -> str:
        """Take a key only as the form draws it."""
        key: str = self.cleaned_data["key"]
        if not _KEY.fullmatch(key):
            raise forms.ValidationError("页面已经失效，请返回修改后重新预览。")
        return key

    def clean(self) -> dict[str, Any]:
        """Ask for proof of identity and authority, or the word that they follow."""
        given: dict[str, Any] = super().clean() or {}
        if self.terminal or given.get("later"):
            return given
        if "identity" not in self.errors and not given.get("identity"):
            self.add_error("identity", "请上传身份证明；现在不能上传的，勾选“以后再补交身份证明”。")
        wants = "authorisation" in self.fields and "authorisation" not in self.errors
        if wants and not given.get("authorisation"):
            self.add_error("authorisation", "由代理人提出的，请上传授权委托书。")
        return given
