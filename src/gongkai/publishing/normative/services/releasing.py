"""From record to item, and what the item's going live means for the record.

Nothing here publishes: items are drafts that go through the review gate like any other.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.audit.services import record_event
from gongkai.calendar_files import working_calendar
from gongkai.core.documents.normative import Impact, Step, earliest_close
from gongkai.publishing.errors import NormativeRefused
from gongkai.publishing.models import (
    Cleanup,
    ColumnPage,
    DraftConsultation,
    ItemPage,
    NormativeDocument,
)
from gongkai.publishing.normative import access
from gongkai.publishing.normative.services.drafting import locked
from gongkai.publishing.normative.services.stepping import enter
from gongkai.publishing.normative.services.telling import settle, tell_pages
from gongkai.publishing.normative.texts import as_html, paragraphs


@transaction.atomic
def make_item(*, document: NormativeDocument, column: ColumnPage, actor: User) -> ItemPage:
    """Put the numbered document into a column as a draft item, to be submitted for review.

    Raises:
        NormativeRefused: no number yet, or there is an item already.
    """
    document = locked(document)
    access.require(actor, "登记编号和备案", document.organ)
    if not document.progress.may_be_published:
        raise NormativeRefused("文件还没有登记编号，不能公布。")
    if document.page is not None:
        raise NormativeRefused("公布的信息已经生成，请到“信息审核”里送审发布。")
    lines = paragraphs(document.text)
    item = draft_item(
        column, document, actor, slug=f"guifan-{document.pk}", title=document.title, body=as_html(lines), document_number=document.document_number,
        formed_on=document.signed_on, topic=document.topic,
    )  # fmt: skip
    document.page = item
    document.save(update_fields=["page"])
    record_event("normative.item", document, actor=actor, organ_code=document.organ.code, item=item.pk)
    return item


def draft_item(
    column: ColumnPage, document: NormativeDocument | Cleanup, actor: User, *, title: str, body: str, formed_on: date,
    slug: str, document_number: str = "", topic: str = "",
) -> ItemPage:  # fmt: skip
    """A draft item of an organ, written by a person; ``slug`` is its part of the address."""
    item = ItemPage(
        live=False, slug=slug, owner=actor, organ=document.organ, source=document.organ.name, title=title[:255], body=body,
        document_number=document_number, formed_on=formed_on, topic=topic, summary=title[:300],
        department=getattr(document, "department", None),
    )  # fmt: skip
    ColumnPage.objects.get(pk=column.pk).add_child(instance=item)
    item.save_revision(user=actor, clean=False)
    return item


def note_live(item: ItemPage) -> None:
    """An item went live: enter the publication, open the consultation, announce the clean-up."""
    document = NormativeDocument.objects.filter(page=item).first()
    if document is not None and document.published_on is None:
        _note_publication(locked(document), item)
    consultation = DraftConsultation.objects.filter(page=item, opens_on=None).first()
    if consultation is not None:
        _open(consultation)
    answered = DraftConsultation.objects.filter(feedback_page=item).select_related("document").first()
    if answered is not None:
        _note_feedback(locked(answered.document), item)
    cleanup = Cleanup.objects.filter(page=item, announced_on=None).first()
    if cleanup is not None:
        _announce(cleanup)
    for link in item.interprets.select_related("document"):
        tell_pages(link.document)


def _releaser(item: ItemPage, otherwise: User) -> User:
    grant = item.release_grants.order_by("pk").last()
    return grant.granted_by if grant is not None else otherwise


def _note_publication(document: NormativeDocument, item: ItemPage) -> None:
    """Unpublished it was no basis for anything, so it takes effect not before today."""
    today = timezone.localdate()
    enter(
        document, Step.PUBLICATION, _releaser(item, document.created_by), today,
        data={"index_number": item.index_number or ""},
    )  # fmt: skip
    document.published_on = today
    document.effective_on = max(document.effective_on or today, today)
    document.save(update_fields=["published_on", "effective_on"])
    record_event(
        "normative.published", document, actor="system", organ_code=document.organ.code, item=item.pk,
        effective_on=document.effective_on,
    )  # fmt: skip
    for act in document.acts.select_related("target"):
        act.on = document.effective_on
        act.save(update_fields=["on"])
        settle(act.target)
    settle(document)


def _open(consultation: DraftConsultation) -> None:
    """From today, at least as long as the rule wants unless a reason for less was given."""
    today = timezone.localdate()
    impact = Impact(consultation.document.impact)
    closes_on = today + timedelta(days=consultation.days)
    if not consultation.short_reason.strip():
        closes_on = max(closes_on, earliest_close(today, impact, working_calendar()))
    consultation.opens_on, consultation.closes_on = today, closes_on
    consultation.save(update_fields=["opens_on", "closes_on"])
    record_event(
        "normative.consultation_opened", consultation.document, actor="system",
        organ_code=consultation.document.organ.code, opens_on=today, closes_on=closes_on,
    )  # fmt: skip


def _note_feedback(document: NormativeDocument, item: ItemPage) -> None:
    if document.progress.next_step is Step.FEEDBACK:
        enter(
            document, Step.FEEDBACK, _releaser(item, document.created_by), timezone.localdate(),
            data={"handling": item.title},
        )  # fmt: skip
        settle(document)


def _announce(cleanup: Cleanup) -> None:
    """The results take effect on the day of the announcement."""
    cleanup.announced_on = timezone.localdate()
    cleanup.save(update_fields=["announced_on"])
    record_event("normative.cleanup_announced", cleanup, actor="system", organ_code=cleanup.organ.code)
    for entry in cleanup.entries.select_related("target"):
        entry.on = cleanup.announced_on
        entry.save(update_fields=["on"])
        settle(entry.target)
        tell_pages(entry.target)
