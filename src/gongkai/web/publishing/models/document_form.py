"""What the edit view of a document asks: its catalogue item, which says its item of art. 20."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.admin.forms import WagtailAdminPageForm

from gongkai.web.publishing.models.catalogue import CatalogueItem


class DocumentForm(WagtailAdminPageForm):
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
        elif "article20_item" in self.fields and not cleaned.get("article20_item"):
            self.add_error("article20_item", "请选择目录事项，或者法定公开事项。")
        return cleaned
