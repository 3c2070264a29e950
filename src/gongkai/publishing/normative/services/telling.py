"""Keeping what is stored of a document in step with its records, and telling who shows it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.audit.services import record_event
from gongkai.core.documents.normative import STANDING_LABELS, Standing, ending
from gongkai.publishing.models import DraftConsultation, NormativeDocument
from gongkai.publishing.signals import public_facts_changed


def settle(document: NormativeDocument) -> NormativeDocument:
    """Write next step and end anew from the records; tell the portal when the standing changed."""
    fresh = NormativeDocument.objects.whole().get(pk=document.pk)
    end = ending(fresh.term, fresh.known_effects)
    # Of what was published before the system came, nothing of the procedure is made up for.
    fresh.next_step = "" if fresh.is_taken_over else fresh.progress.next_step or ""
    fresh.ended_on, fresh.ending = (end.on, end.standing.value) if end else (None, "")
    fresh.save(update_fields=["next_step", "ended_on", "ending"])
    _tell(fresh, timezone.localdate())
    return fresh


def _tell(document: NormativeDocument, today: date) -> None:
    standing = document.standing_on(today)
    if standing is Standing.NOT_PUBLISHED or standing.value == document.told_standing:
        return
    before, document.told_standing = document.told_standing, standing.value
    document.save(update_fields=["told_standing"])
    record_event(
        "normative.standing", document, actor="system", organ_code=document.organ.code,
        before=before, after=standing.value, label=STANDING_LABELS[standing],
    )  # fmt: skip
    tell_pages(document)


def tell_pages(document: NormativeDocument) -> None:
    """The document's page, its interpretations' and those of documents it acts on say something new."""
    pages = [document.page, *(one.page for one in document.interpretations.select_related("page"))]
    pages += [one.target.page for one in document.acts.select_related("target__page")]
    for page in pages:
        if page is not None and page.live:
            public_facts_changed.send(sender=NormativeDocument, item=page)


@transaction.atomic
def tell_daily(today: date) -> int:
    """What began, lapsed or was repealed by the passing of days; gives how many documents changed.

    A day on which this did not run is made up for on the next.
    """
    changed = 0
    for document in NormativeDocument.objects.whole().published():
        if document.standing_on(today).value != document.told_standing:
            _tell(document, today)
            changed += 1
    _tell_of_closed_consultations(today)
    return changed


def _tell_of_closed_consultations(today: date) -> None:
    """A consultation that closed lately: its page no longer asks. Told for a week, in case days were missed."""
    closed = DraftConsultation.objects.select_related("page").filter(
        closes_on__lt=today, closes_on__gte=today - timedelta(days=7), page__live=True
    )
    for consultation in closed:
        public_facts_changed.send(sender=DraftConsultation, item=consultation.page)
