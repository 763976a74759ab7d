"""What the edit view asks: little of a draft, everything of what is submitted for review."""

from __future__ import annotations

from itertools import chain, count
from typing import Any

from django.db.models import Q
from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from gongkai.web.publishing.models.catalogue import CatalogueItem

_NAMELESS = "xinxi"


class DraftForm(WagtailAdminPageForm):
    """Lets a draft be saved unfinished; what leaves the drafter's desk must be whole."""

    # Relations that must not be empty, with what to say where they are; `min_num` would refuse drafts too.
    needed: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

    def is_valid(self) -> bool:
        """Check the page, and, unless it is a draft, that every relation needed has a row."""
        valid = bool(super().is_valid())
        empty = [] if self.is_deferred_validation else [name for name in self.needed if self._is_empty(name)]
        for name in empty:
            errors = self.formsets[name].non_form_errors()
            if self.needed[name] not in errors:
                errors.append(self.needed[name])
        return valid and not empty

    def clean_slug(self) -> str:
        """Make the address of a new page from its title, numbered where another page has it."""
        slug: str = self.cleaned_data["slug"] or self.instance.slug
        if self.instance.pk is not None:
            return slug
        slug = slug or slugify(self.cleaned_data.get("title", ""), allow_unicode=True) or _NAMELESS
        numbered = (f"{slug}-{n}" for n in count(2))
        tried = chain([slug], numbered)
        return next(one for one in tried if Page._slug_is_available(one, self.parent_page, self.instance))

    def get_field_updates_for_resave(self) -> list[tuple[str, Any]]:
        """Tell the open form the address given, or it would save its own over it."""
        updates: list[tuple[str, Any]] = super().get_field_updates_for_resave()
        return [*updates, ("slug", self.instance.slug)]

    def _is_empty(self, name: str) -> bool:
        formset = self.formsets[name]
        return all(form in formset.deleted_forms for form in formset.forms)

    def _post_clean(self) -> None:
        self.instance.is_unfinished = self.is_deferred_validation
        super()._post_clean()


class InterpretingForm(DraftForm):
    """Asks for the documents interpreted."""

    needed = {"interpreted": "请选择所解读的文件。"}


class FactPanel(FieldPanel):
    """A fact shown to be read; a dash where there is none."""

    def format_value_for_display(self, value: Any) -> Any:
        """Return what stands for the value."""
        return "—" if value in (None, "") else super().format_value_for_display(value)


class DocumentForm(DraftForm):
    """Offers the catalogue's items by group; whoever picks one need not pick the item of art. 20."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "catalogue_item" in self.fields:
            field = self.fields["catalogue_item"]
            field.queryset = self._offered()
            field.choices = [("", "---------"), *self._groups(field.queryset)]
            field.help_text = "选择后，法定公开事项随之确定。"
            self.fields["article20_item"].required = False

    def _offered(self) -> Any:
        """Return the items in use that bind every body or this one, and the one chosen before."""
        parent = self.parent_page.specific if self.parent_page else None
        agency = self.instance.agency_id or getattr(getattr(parent, "agency", None), "pk", None)
        own = Q(agency=None) | Q(agency=agency)
        return CatalogueItem.objects.filter(
            Q(is_active=True, children=None) & own | Q(pk=self.instance.catalogue_item_id)
        ).select_related("parent")

    def _groups(self, items: Any) -> list[tuple[str, list[tuple[int, str]]]]:
        groups: dict[str, list[tuple[int, str]]] = {}
        for item in items:
            groups.setdefault(item.parent.title if item.parent else "其他", []).append((item.pk, item.title))
        return list(groups.items())

    def clean(self) -> dict[str, Any]:
        """Take the item of art. 20 from the catalogue item; ask for it where there is none."""
        cleaned: dict[str, Any] = super().clean()
        if item := cleaned.get("catalogue_item"):
            cleaned["article20_item"] = item.article20_item
        elif "article20_item" in self.fields and not (
            cleaned.get("article20_item") or self.is_deferred_validation
        ):
            self.add_error("article20_item", "请选择目录事项，或者法定公开事项。")
        return cleaned
