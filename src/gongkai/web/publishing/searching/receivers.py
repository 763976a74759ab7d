"""Whatever changes what the public may see changes the search, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete
from django.dispatch import receiver
from wagtail.documents.models import Document
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing import feeds
from gongkai.web.publishing.choices import ColumnKind
from gongkai.web.publishing.models import BodyPage, DocumentAttachment
from gongkai.web.publishing.models.searching import AttachmentText, SearchEntry
from gongkai.web.publishing.searching import keeping
from gongkai.web.publishing.searching.entries import FED, SEARCHED


def _page_saved(instance: Page, created: bool = False, raw: bool = False, **_: Any) -> None:
    """Follow a page; a new draft has nothing to follow."""
    if not raw and (instance.live or not created):
        keeping.refresh([instance.pk])


for _model in (*SEARCHED, Page):
    post_save.connect(_page_saved, sender=_model, dispatch_uid=f"gongkai.search.{_model._meta.label}")


@receiver([page_published, page_unpublished], dispatch_uid="gongkai.search.published")
def page_appeared(instance: Page, **_: Any) -> None:
    """Follow a page once its attachments are saved too."""
    if isinstance(instance, SEARCHED):
        keeping.refresh([instance.pk])


@receiver([page_slug_changed, post_page_move], dispatch_uid="gongkai.search.moved")
def page_moved(instance: Page, **_: Any) -> None:
    """Follow everything below: its addresses are others now."""
    keeping.refresh_below(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="gongkai.search.restricted")
def restriction_changed(instance: PageViewRestriction, raw: bool = False, **_: Any) -> None:
    """Hide what is for some readers only, and show it when it is for all again."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None and not raw:
        keeping.refresh_below(page)


@receiver([post_save, post_delete], sender=DocumentAttachment, dispatch_uid="gongkai.search.attached")
def attachment_changed(instance: DocumentAttachment, raw: bool = False, origin: Any = None, **_: Any) -> None:
    """Follow the page whose attachment came or went, unless the page itself is going."""
    is_own = origin is None or getattr(origin, "model", type(origin)) is DocumentAttachment
    if is_own and not raw:
        keeping.refresh([instance.page_id])


@receiver(post_save, sender=Document, dispatch_uid="gongkai.search.file")
def file_changed(instance: Document, created: bool, raw: bool = False, **_: Any) -> None:
    """Follow the pages that offer a file when it is another file, or has another name."""
    if created or raw or not AttachmentText.objects.filter(file=instance).exists():
        return
    used = ReferenceIndex.get_references_to(instance).values_list("object_id", flat=True)
    keeping.refresh([int(pk) for pk in set(used) if str(pk).isdecimal()])


@receiver(post_save, sender=Agency, dispatch_uid="gongkai.search.agency")
def agency_renamed(instance: Agency, created: bool, raw: bool = False, **_: Any) -> None:
    """Let the body be found by its new name."""
    if not created and not raw:
        keeping.refresh(list(BodyPage.objects.filter(agency=instance).values_list("pk", flat=True)))


@receiver(pre_delete, sender=SearchEntry, dispatch_uid="gongkai.search.forget")
def entry_deleted(instance: SearchEntry, **_: Any) -> None:
    """Take the tokens out with the entry."""
    keeping.forget(instance)


@receiver(feeds.changed, dispatch_uid="gongkai.search.fed")
def feed_changed(kind: ColumnKind, **_: Any) -> None:
    """Follow what another app places in a column."""
    if kind in FED:
        keeping.refresh_fed(kind)


@receiver(post_migrate, dispatch_uid="gongkai.search.filled")
def tables_made(sender: AppConfig, **_: Any) -> None:
    """Fill the search of a site that had none; nothing while its tables are not all there."""
    models = (SearchEntry, AttachmentText, *SEARCHED)
    is_ours = sender.label == SearchEntry._meta.app_label
    if not is_ours or not {model._meta.db_table for model in models} <= set(
        connection.introspection.table_names()
    ):
        return
    if not SearchEntry.objects.exists():
        for _done in keeping.refresh_all():
            pass
