"""Who may do what in a case: one table of roles and acts, asked before every act and by every page."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from gongkai.law.procedure.states import Action
from gongkai.web.agencies.models import User
from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.choices import ACT_NAMES, DeskAct, TaskState
from gongkai.web.inforequests.models import InfoRequest, Task
from gongkai.web.inforequests.services.refusing import Refused

_A, _D = Action, DeskAct
_CLERK, _REVIEWER, _APPROVER = Role.CLERK, Role.REVIEWER, Role.APPROVER
_OFFICE = (_CLERK, _REVIEWER, _APPROVER)

# fmt: off
MAY: Mapping[str, frozenset[Role]] = {
    str(act): frozenset(roles)
    for roles, acts in (
        ((_CLERK,), (
            _A.REGISTER, _A.CONTACT, _A.CONFIRM_RECEIPT, _A.NOTIFY_CORRECTION, _A.CORRECTION_NOTICE_RECEIVED,
            _A.CORRECT, _A.CONSULT_THIRD_PARTY, _A.CONSULT_CO_MAKER, _A.CONSULT_ORGAN, _A.CONSULTED_RECEIVED,
            _A.OPINION, _A.TELL_THIRD_PARTY, _A.ASK_REASONS, _A.REASONS_GIVEN, _A.CHARGE,
            _A.FEE_NOTICE_RECEIVED, _A.PAY, _A.WITHDRAW, _A.SERVE, _A.DELIVERED, _A.RECONSIDERATION_FILED,
            _A.RECONSIDERATION_ANSWERED, _A.RECONSIDERATION_DECIDED, _A.SUIT_FILED, _A.SUIT_ANSWERED,
            _A.SUIT_JUDGED, _A.SUIT_APPEALED, _A.AMEND_RECORD, _D.DRAFT_LETTER, _D.SUBMIT_LETTER, _D.ATTACH,
            _D.DETACH, _D.PROPOSE, _D.RELATE,
        )),
        ((_CLERK, _APPROVER), (
            _A.ASSIGN, _D.GIVE_TASK, _D.RECALL_TASK, _D.URGE_TASK, _D.HAND_OVER, _D.UNMASK, _D.EXPORT,
            _D.ANALYSE, _D.CLASSIFY,
        )),
        # Given with the letter that is signed, or, as what others rest on, by whoever answers for the office.
        ((_APPROVER,), (
            _A.EXTEND, _A.DELAY, _A.DECIDE, _A.REDECIDE, _A.CLOSE_UNCORRECTED, _A.CLOSE_UNPAID, _A.MERGE,
            _A.TURN_PROACTIVE, _D.APPROVE_LETTER, _D.VOID_LETTER, _D.VOID, _D.REFUSE,
            _D.PURGE,
        )),
        ((_REVIEWER, _APPROVER), (_D.RETURN_LETTER,)),
        (_OFFICE, (_D.NOTE, _D.ANSWER_TASK)),
    )
    for act in acts
}
# fmt: on


def roles_of(user: User | AnonymousUser) -> frozenset[Role]:
    """Return the roles a person holds; none for a stranger or someone who has left."""
    if not user.is_active or not user.is_authenticated:
        return frozenset()
    return frozenset(role for role in Role if role.value in user.role_names)


def is_own(user: User | AnonymousUser, case: InfoRequest) -> bool:
    """Whether the case is of the person's own body: only there do they act."""
    return user.is_authenticated and user.agency_id is not None and user.agency_id == case.agency_id


def may(user: User | AnonymousUser, act: str, case: InfoRequest) -> bool:
    """Whether the person may do an act in a case, as far as person and body go; the state is the law's."""
    return is_own(user, case) and bool(MAY.get(str(act), frozenset()) & roles_of(user))


def check_may(user: User | AnonymousUser, act: str, case: InfoRequest) -> None:
    """Raise Refused unless the person may do the act in the case."""
    if not may(user, act, case):
        roles = "、".join(sorted(role.value for role in MAY.get(str(act), ())))
        who = f"{case.agency}担任“{roles}”的人员" if roles else f"{case.agency}的人员"
        raise Refused(f"“{ACT_NAMES.get(str(act), act)}”由{who}办理。")


def check_works_in(user: User | AnonymousUser, case: InfoRequest) -> None:
    """Raise Refused unless the person is of the office asked: letters and files name applicants."""
    if not (is_own(user, case) and roles_of(user) & set(_OFFICE)):
        raise Refused("文书和案卷文件含有申请人的信息，只由受理机关的经办、审核、审批人员查看。")


def visible_cases(user: User | AnonymousUser) -> QuerySet[InfoRequest]:
    """Return the cases a person may see: those of their office; for a supervisor, of the bodies below too.

    System administrators and secrecy reviewers keep the site and review documents; requests are not theirs.
    """
    roles = roles_of(user)
    if roles & {_CLERK, _REVIEWER, _APPROVER, Role.SUPERVISOR}:
        return InfoRequest.objects.filter(agency__in=agencies_of(user))
    return InfoRequest.objects.none()


def tasks_of(user: User | AnonymousUser) -> QuerySet[Task]:
    """Return what a person is asked: by name, or as one of the office of the body or unit asked."""
    if not user.is_active or not user.is_authenticated:
        return Task.objects.none()
    asked = Q(to_user=user)
    if user.agency_id and roles_of(user) & set(_OFFICE):
        asked |= Q(to_agency_id=user.agency_id)
        asked |= Q(to_agency=None, to_user=None, case__agency_id=user.agency_id)
    return Task.objects.filter(asked).exclude(state=TaskState.RECALLED)


def may_register(user: User | AnonymousUser) -> bool:
    """Whether the person registers requests for their body."""
    return user.is_authenticated and user.agency_id is not None and _CLERK in roles_of(user)


def sees_desk(user: User | AnonymousUser) -> bool:
    """Whether there is anything at the desk for the person."""
    return bool(roles_of(user) & {_CLERK, _REVIEWER, _APPROVER, Role.SUPERVISOR}) or tasks_of(user).exists()


def colleagues(user: User | AnonymousUser, case: InfoRequest) -> QuerySet[User]:
    """Return whom the person may make the case's handler: the body's clerks; nobody if they may not."""
    if not may(user, DeskAct.HAND_OVER, case):
        return User.objects.none()
    return User.objects.filter(agency=case.agency_id, is_active=True, groups__name=_CLERK.value)
