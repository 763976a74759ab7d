"""The catalogue (目录): its standard items, changes to it, what is filed under it, and what is not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from gongkai.law.disclosure import Bodies, standard_catalogue, standard_entry
from gongkai.web.agencies.choices import Kind, Level
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of, has_role, may_oversee
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing import feeds
from gongkai.web.publishing.choices import HOLDS_DOCUMENTS, Article20Item, ColumnKind
from gongkai.web.publishing.models import (
    BodyPage,
    CatalogueChange,
    CatalogueItem,
    ColumnPage,
    DocumentPage,
    DocumentQuerySet,
    GazettePage,
    InterpretationPage,
    MeetingPage,
    PortalPage,
)
from gongkai.web.publishing.models.lists import kept, key_of

_FIELDS = (
    "code",
    "title",
    "parent_id",
    "agency_id",
    "article20_item",
    "legal_basis",
    "time_limit",
    "column",
    "content",
    "position",
    "is_active",
)
_BINDS: dict[Bodies, Callable[[Agency], bool]] = {
    Bodies.EVERY: lambda agency: True,  # noqa: ARG005
    Bodies.GOVERNMENTS: lambda agency: agency.is_government,
    Bodies.COUNTY: lambda agency: agency.level in (Level.PREFECTURE, Level.COUNTY),
    Bodies.TOWNSHIP: lambda agency: agency.kind == Kind.TOWNSHIP_GOVERNMENT,
}
_PAGES_IN = {
    ColumnKind.INTERPRETATIONS: InterpretationPage,
    ColumnKind.MEETINGS: MeetingPage,
    ColumnKind.GAZETTE: GazettePage,
}
STANDARD = "按《政府信息公开条例》第二十条、第二十一条载入标准目录"


@transaction.atomic
def save_item(*, item: CatalogueItem, by: User | None, reason: str) -> CatalogueChange | None:
    """Save an item, and append to its history what is other than before; None if nothing is."""
    before: dict[str, Any] = {}
    if item.pk is not None:
        before = _values(CatalogueItem.objects.select_for_update().get(pk=item.pk))
    after = _values(item)
    changed = [name for name in _FIELDS if name not in before or before[name] != after[name]]
    if not changed:
        return None
    item.save()
    return CatalogueChange.objects.create(
        item=item,
        by=by,
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed},
        reason=reason.strip(),
    )


def _values(item: CatalogueItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in _FIELDS}


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many standard items were made, brought up to date, or left as somebody had changed them."""

    created: int
    updated: int
    kept: int


@transaction.atomic
def load_standard(*, by: User | None = None, overwrite: bool = False) -> Loaded:
    """Create the standard items or bring them up to date; what a person has changed stays as it is.

    Args:
        overwrite: set what a person has changed back to the standard, too.
    Source: R711 arts 20, 21, 26.
    """
    counts: Counter[str] = Counter()
    items = {item.code: item for item in CatalogueItem.objects.all()}
    by_hand = set(CatalogueChange.objects.exclude(by=None).values_list("item__code", flat=True))
    for at, entry in enumerate(standard_catalogue(), start=1):
        item = items.setdefault(entry.code, CatalogueItem(code=entry.code))
        is_new = item.pk is None
        if entry.code in by_hand and not overwrite:
            counts["kept"] += 1
            continue
        item.title, item.content = entry.title, entry.content
        item.parent_id = items[entry.parent].pk if entry.parent else None
        item.article20_item = entry.article20_item
        item.legal_basis, item.time_limit = entry.basis, entry.period.length
        item.column, item.position = entry.column, at * 10
        if save_item(item=item, by=by, reason=STANDARD):
            counts["created" if is_new else "updated"] += 1
    return Loaded(created=counts["created"], updated=counts["updated"], kept=counts["kept"])


def may_change_shared(user: User | AnonymousUser) -> bool:
    """Whether the person may change items that bind every body: the portal's own competent authority."""
    if user.is_superuser or has_role(user, Role.ADMINISTRATOR):
        return True
    portal = PortalPage.objects.select_related("agency").first()
    return portal is not None and may_oversee(user, portal.agency)


def check_may_change(user: User | AnonymousUser, item: CatalogueItem) -> None:
    """Raise PermissionDenied unless the person may change the item."""
    if item.agency_id not in changeable(user):
        raise PermissionDenied("各机关共用的目录事项，由主管部门修改；其他机关的目录事项，由该机关修改。")


def changeable(user: User | AnonymousUser) -> set[int | None]:
    """Return the keys of the bodies whose items the person may change; None stands for what all share."""
    bodies: set[int | None] = set(agencies_of(user).values_list("pk", flat=True))
    return bodies | {None} if may_change_shared(user) else bodies


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field of a change, in words."""

    name: str
    before: str
    after: str


def differences(change: CatalogueChange) -> list[Difference]:
    """Return what a change changed, in words."""
    return [
        Difference(
            name=str(CatalogueItem._meta.get_field(name.removesuffix("_id")).verbose_name),
            before=_in_words(name, change.before.get(name)),
            after=_in_words(name, value),
        )
        for name, value in change.after.items()
    ]


def _in_words(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if name in ("parent_id", "agency_id"):
        field = CatalogueItem._meta.get_field(name.removesuffix("_id"))
        return str(field.related_model._default_manager.filter(pk=value).first() or value)
    labels: dict[str, dict[Any, str]] = {
        "article20_item": dict(Article20Item.choices),
        "column": dict(ColumnKind.choices),
    }
    return labels.get(name, {}).get(value, str(value))


def applies_to(item: CatalogueItem, agency: Agency) -> bool:
    """Whether the item binds the body: its own item, or one of the standard's that binds such bodies."""
    if item.agency_id is not None:
        return item.agency_id == agency.pk
    entry = standard_entry(item.code)
    if entry is None and item.parent is not None:
        return applies_to(item.parent, agency)
    return entry is None or _BINDS[entry.bodies](agency)


@dataclass(frozen=True, kw_only=True)
class Node:
    """An item with those under it, and how much the public can read of it and them; `own`: of it alone."""

    item: CatalogueItem
    children: tuple[Node, ...]
    count: int
    own: int
    applies: bool

    def leaves(self) -> Iterator[Node]:
        """Yield the items below that have none below themselves; itself if it is one."""
        for child in self.children:
            yield from child.leaves()
        if not self.children:
            yield self


def tree(agency: Agency | None = None, *, inactive: bool = False) -> list[Node]:
    """Return the catalogue, a body's or that of all, with counts of what is disclosed.

    A body's catalogue has the items that bind it, and any other under which it has disclosed something.
    A document filed under no item counts for the first group of its item of art. 20.
    """
    items = CatalogueItem.objects.select_related("parent", "agency")
    items = items if inactive else items.filter(is_active=True)
    below: dict[int | None, list[CatalogueItem]] = defaultdict(list)
    for item in items:
        below[item.parent_id].append(item)
    return _nodes(below, None, agency, _counts(agency, below[None]))


def _nodes(
    below: dict[int | None, list[CatalogueItem]],
    parent: int | None,
    agency: Agency | None,
    counts: Counter[int | None],
) -> list[Node]:
    nodes = []
    for item in below.get(parent, ()):
        children = tuple(_nodes(below, item.pk, agency, counts))
        own = counts[item.pk]
        if not children:
            own += _other_entries(ColumnKind(item.column), agency)
        count = own + sum(child.count for child in children)
        applies = agency is None or applies_to(item, agency)
        if applies or count or children:
            nodes.append(Node(item=item, children=children, count=count, own=own, applies=applies))
    return nodes


def _counts(agency: Agency | None, groups: Iterable[CatalogueItem]) -> Counter[int | None]:
    """Return how many disclosed documents are filed under each item, by its key."""
    pages = _documents(agency).order_by().values_list("catalogue_item", "article20_item")
    takers = _takers(groups)
    counts: Counter[int | None] = Counter()
    # Counted here: asked to count by item, SQLite reads the documents in that order, text and all.
    filed = kept(f"catalogue of {agency and agency.pk}", lambda: Counter(pages))
    for (item, article20_item), count in filed.items():
        counts[takers.get(article20_item) if item is None else item] += count
    return counts


def _takers(groups: Iterable[CatalogueItem]) -> dict[int, int]:
    """Return the first group of each item of art. 20, which takes what is filed under no item."""
    takers: dict[int, int] = {}
    for group in groups:
        takers.setdefault(group.article20_item, group.pk)
    return takers


def _documents(agency: Agency | None) -> DocumentQuerySet:
    pages = DocumentPage.objects.disclosed()
    return pages if agency is None else pages.filter(agency=agency)


def _other_entries(kind: ColumnKind, agency: Agency | None) -> int:
    """Return how much stands in a column, beside documents, for the public to read."""
    of_body = {} if agency is None else {"agency": agency}
    if kind in _PAGES_IN:
        return int(_PAGES_IN[kind].objects.live().public().filter(**of_body).count())
    if kind == ColumnKind.ANNUAL_REPORTS:
        return len(feeds.entries(kind, agency))
    if kind in (ColumnKind.CONTENT, ColumnKind.POLICIES):
        return 0
    return columns_of(kind, agency).exclude(plain_text="").count()


def columns_of(kind: ColumnKind, agency: Agency | None = None) -> QuerySet[ColumnPage]:
    """Return the live columns of a kind: the body's, or all."""
    columns = ColumnPage.objects.live().filter(kind=kind).order_by("path")
    if agency is None:
        return columns
    section = BodyPage.objects.filter(agency=agency).first()
    return columns.descendant_of(section) if section else columns.none()


def filed_under(item: CatalogueItem, agency: Agency | None = None) -> DocumentQuerySet:
    """Return the disclosed documents that count for an item, newest first."""
    below, waiting = {item.pk}, [item.pk]
    while waiting:
        found = CatalogueItem.objects.filter(parent__in=waiting, is_active=True)
        waiting = list(found.values_list("pk", flat=True))
        below.update(waiting)
    wanted = Q(catalogue_item__in=below)
    groups = CatalogueItem.objects.filter(parent=None, is_active=True)
    if _takers(groups).get(item.article20_item) == item.pk:
        wanted |= Q(catalogue_item=None, article20_item=item.article20_item)
    return _documents(agency).filter(wanted).listed().order_by("-published_on", "-pk")


def bodies_with(item: CatalogueItem) -> QuerySet[Agency]:
    """Return the bodies that have disclosed something under an item."""
    of_item = filed_under(item).order_by().values_list("agency", flat=True).distinct()
    return Agency.objects.filter(pk__in=kept(f"bodies {key_of(of_item)}", lambda: list(of_item)))


def children_of(item: CatalogueItem, agency: Agency | None = None) -> tuple[Node, ...]:
    """Return what stands under a group in the catalogue of a body, or of all."""
    return next((node.children for node in tree(agency) if node.item.pk == item.pk), ())


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Where a body's catalogue, columns and documents do not meet."""

    empty_items: list[Node]
    empty_columns: list[ColumnPage]
    unfiled: QuerySet[DocumentPage]
    items: int


def coverage(agency: Agency) -> Coverage:
    """Return the body's items without anything disclosed, columns without items, documents without item."""
    leaves = [leaf for node in tree(agency) for leaf in node.leaves() if leaf.applies]
    named = {leaf.item.column for leaf in leaves} | {ColumnKind.ON_REQUEST}
    section = BodyPage.objects.filter(agency=agency).first()
    columns = section.columns() if section else ()
    unfiled = Q(catalogue_item=None) | Q(catalogue_item__is_active=False)
    return Coverage(
        empty_items=[leaf for leaf in leaves if not leaf.count],
        empty_columns=[column for column in columns if column.kind not in named],
        unfiled=_documents(agency).filter(unfiled).order_by("article20_item", "-published_on"),
        items=len(leaves),
    )


def column_doubt(page: DocumentPage) -> str:
    """Return why the document may stand in the wrong column, in Chinese; nothing if it does not."""
    column = ColumnPage.objects.parent_of(page).first()
    item = page.catalogue_item
    if item is None or column is None or item.column not in HOLDS_DOCUMENTS or item.column == column.kind:
        return ""
    return (
        f"目录事项“{item.title}”应当公开在“{item.get_column_display()}”，本信息在“{column.title}”，请核对。"
    )
