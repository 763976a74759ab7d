"""Who asks: kept sealed, apart from the case, and cleared when its time is over."""

from __future__ import annotations

from django.db import models

from gongkai.web.agencies.sealing import SealedTextField
from gongkai.web.inforequests.choices import IdentityKind
from gongkai.web.inforequests.models.cases import InfoRequest


class Applicant(models.Model):
    """The applicant of a case, and who acts for them (R711 art. 29(2)(1)).

    `fingerprint` is a digest of the number that identifies them, by which the same applicant is found again.
    """

    case = models.OneToOneField(InfoRequest, models.CASCADE, related_name="applicant")
    name = SealedTextField("姓名或者名称")
    identity_kind = models.CharField("证件类型", max_length=12, choices=IdentityKind.choices, blank=True)
    identity_number = SealedTextField("证件号码", blank=True)
    contact_person = SealedTextField("联系人", blank=True)
    phone = SealedTextField("联系电话", blank=True)
    email = SealedTextField("电子邮箱", blank=True)
    address = SealedTextField("通信地址", blank=True)
    agent_name = SealedTextField("代理人姓名", blank=True)
    agent_identity_number = SealedTextField("代理人证件号码", blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, db_index=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "申请人"

    def __str__(self) -> str:
        return f"{self.case}的申请人"
