"""What is signed is what goes out: a letter's words, the files that go with it, the wording it was read in.

All of it is kept in the letter's `fields`, beside what its drafter wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai import letters as core
from gongkai.papers import keeping
from gongkai.web.inforequests.choices import LetterState
from gongkai.web.inforequests.models import CaseFileItem, InfoRequest, Letter, LetterTemplate
from gongkai.web.inforequests.services import folding
from gongkai.web.inforequests.services.drafting import OPINION_OUT, act_of, draft_of, waits_for_opinion
from gongkai.web.inforequests.services.refusing import Refused

_PAPER, _NAME, _TEMPLATE = "signed_paper", "signed_name", "template_seen"
FROZEN = (_PAPER, _NAME)
OWN_DECISION = "这份文书是您签发的，应当由另一名审批人员作废。"


# Its words.


def freeze(letter: Letter, shown: core.Letter) -> None:
    """Keep a letter as it reads now; who calls saves it."""
    letter.fields |= {_PAPER: keeping.kept(shown.paper), _NAME: shown.file_name}


def frozen(letter: Letter) -> core.Letter | None:
    """Return a letter as it was signed; None if it was not, or its words were cleared since."""
    data = letter.fields.get(_PAPER)
    if data is None:
        return None
    return core.Letter(
        kind=core.KINDS[letter.kind], paper=keeping.told(data), missing=(), remedies=(),
        file_name=letter.fields[_NAME],
    )  # fmt: skip


# Its wording.


def _template_now(letter: Letter) -> int:
    own = LetterTemplate.objects.filter(agency=letter.case.agency_id, kind=letter.kind)
    return own.values_list("pk", flat=True).first() or 0


def see_template(letter: Letter) -> None:
    """Keep which wording a letter was handed up in; who calls saves it."""
    letter.fields |= {_TEMPLATE: _template_now(letter)}


def check_template(letter: Letter) -> None:
    """Refuse where the office's wording has changed since the letter was handed up."""
    if letter.state == LetterState.SUBMITTED and letter.fields.get(_TEMPLATE, 0) != _template_now(letter):
        raise Refused("送审之后文书模板已变动，请退回后重新送审。")


# The day it tells.


def check_day(letter: Letter, on: date) -> None:
    """Refuse to tell until when the period is extended while an opinion is out: its end moves with it."""
    if letter.kind == "extension_notice" and waits_for_opinion(folding.case_file(letter.case, on=on)):
        raise Refused(OPINION_OUT)


# The files that go with it.


@dataclass(frozen=True, kw_only=True)
class Annex:
    """A file that goes with a letter; `is_there` unless it was taken out or is another now."""

    item: CaseFileItem
    is_there: bool


def annexes_of(letter: Letter) -> list[Annex]:
    """Return the files a letter names, in the case's order."""
    digests = dict(draft_of(letter).annexed)
    items = letter.case.files.filter(pk__in=digests)
    return [
        Annex(item=item, is_there=item.removed_at is None and item.sha256 == digests[item.pk])
        for item in items
    ]


def check_annexes(letter: Letter) -> None:
    """Refuse where a file the letter names is no longer in the case."""
    found = annexes_of(letter)
    gone = [each.item.name for each in found if not each.is_there]
    if gone or len(found) < len(draft_of(letter).annexed):
        raise Refused(f"随文附件{'、'.join(gone)}已移出案卷，请修改文书，重新选择附件。")


def given_with(letters: Iterable[Letter]) -> list[CaseFileItem]:
    """Return the files that went with letters, each once."""
    found = {each.item.pk: each.item for letter in letters for each in annexes_of(letter) if each.is_there}
    return list(found.values())


def names_of(items: Sequence[CaseFileItem]) -> tuple[str, ...]:
    """Return files' names as a letter lists them; those alike with their ending or their number."""
    stems = [_stem(item.name) for item in items]
    names = [name if stems.count(name) == 1 else item.name for name, item in zip(stems, items, strict=True)]
    return tuple(
        name if names.count(name) == 1 else f"{name}（{names[: at + 1].count(name)}）"
        for at, name in enumerate(names)
    )


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0] or name


# Who undoes it.


def signs_own(letter: Letter, user_pk: int | None) -> bool:
    """Whether the person signed the letter, and made a decision thereby that another must void."""
    is_decision = act_of(letter.kind).at_signing and letter.state == LetterState.ISSUED
    return is_decision and letter.approved_by_id is not None and letter.approved_by_id == user_pk


def _is_fixed(row: InfoRequest, item: CaseFileItem) -> bool:
    fixed = row.letters.filter(state__in=(LetterState.SUBMITTED, LetterState.ISSUED))
    return any(item.pk == pk for letter in fixed for pk, _ in draft_of(letter).annexed)


def check_not_annexed(row: InfoRequest, item: CaseFileItem) -> None:
    """Refuse for a file that a letter names which is signed or waits for it."""
    if _is_fixed(row, item):
        raise Refused(f"“{item.name}”已列入送审或者签发的文书的附件；需要更换的，先退回或者作废文书。")
