"""Named reads of normative documents: lists, what waits, what a page says beside its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.calendar_files import working_calendar
from gongkai.core.calendars import Reached
from gongkai.core.documents.normative import (
    STEPS,
    Reminder,
    Standing,
    Step,
    filing_due,
    interpretation_due,
    reminder_due,
)
from gongkai.publishing.models import (
    DraftConsultation,
    Interpretation,
    ItemAttachment,
    ItemPage,
    NormativeDocument,
    NormativeEffect,
    NormativeOffice,
)
from gongkai.publishing.models.normative import NormativeQuerySet
from gongkai.publishing.normative import access

REMINDED_DAYS = 190  # a little more than the first reminder's six months
STATES = (
    ("zaiban", "办理中"),
    ("youxiao", "现行有效"),
    ("daishi", "尚未施行"),
    ("shixiao", "已废止、失效"),
)


def documents_for(user: User) -> NormativeQuerySet:
    """Every document the person may see."""
    return NormativeDocument.objects.filter(organ__in=access.organs_for(user, "查看规范性文件"))


def of_state(found: NormativeQuerySet, state: str, day: date) -> NormativeQuerySet:
    """Narrow by state on a day; an unknown state narrows nothing."""
    if state == "zaiban":
        return found.filter(published_on=None)
    if state == "youxiao":
        return found.in_force_on(day)
    if state == "daishi":
        return found.filter(published_on__lte=day, effective_on__gt=day).exclude(ended_on__lte=day)
    if state == "shixiao":
        return found.filter(published_on__lte=day, ended_on__lte=day)
    return found


def matching(found: NormativeQuerySet, words: str) -> NormativeQuerySet:
    """Those whose title, number or text holds every word."""
    for word in words.replace("\0", "").split():
        plain = word.translate(str.maketrans("[]()（）【】", "〔〕〔〕〔〕〔〕"))
        found = found.filter(
            Q(title__icontains=word) | Q(text__icontains=word) | Q(document_number__icontains=plain)
            | Q(unified_number__icontains=word)
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Facts:
    """What the public page of an item says beside its own content.

    Attributes:
        document: the normative document that the item carries, or None.
        interprets: documents that the item interprets.
    """

    document: NormativeDocument | None
    standing: Standing | None
    ended_by: NormativeEffect | None
    amended_by: tuple[NormativeEffect, ...]
    acts_on: tuple[NormativeEffect, ...]
    interpretations: tuple[ItemPage, ...]
    interprets: tuple[NormativeDocument, ...]
    consultation: DraftConsultation | None

    @property
    def has_any(self) -> bool:
        return self.document is not None or bool(self.interprets) or self.consultation is not None


NO_FACTS = Facts(None, None, None, (), (), (), (), None)


def for_showing(items: QuerySet[ItemPage]) -> QuerySet[ItemPage]:
    """Items told in the same query whether there is more to ask for: most have neither files nor a part in a norm."""
    own = OuterRef("pk")
    norms = (
        Exists(NormativeDocument.objects.filter(page=own))
        | Exists(Interpretation.objects.filter(page=own))
        | Exists(DraftConsultation.objects.filter(Q(page=own) | Q(feedback_page=own)))
    )
    return items.select_related("organ").annotate(
        has_files=Exists(ItemAttachment.objects.filter(item=own)), has_norms=norms
    )


def facts_of(item: ItemPage) -> Facts:
    """The facts of an item, in few queries; only what is live is linked."""
    if not getattr(item, "has_norms", True):
        return NO_FACTS
    today = timezone.localdate()
    document = NormativeDocument.objects.whole().filter(page=item.pk).first()
    interprets = tuple(link.document for link in item.interprets.select_related("document__page"))
    consultation = (
        DraftConsultation.objects.select_related("document", "feedback_page")
        .filter(Q(page=item.pk) | Q(feedback_page=item.pk))
        .first()
    )
    if document is None:
        return Facts(None, None, None, (), (), (), interprets, consultation)
    effects = [one for one in document.effects.all() if one.on is not None and one.on <= today]
    acts = document.acts.select_related("target__page").exclude(on=None)
    pages = (link.page for link in document.interpretations.all())
    return Facts(
        document,
        document.standing_on(today),
        next((one for one in effects if one.kind in {"repeals", "replaces", "invalidates"}), None),
        tuple(one for one in effects if one.kind == "amends"),
        tuple(acts),
        tuple(page for page in pages if page.live),
        interprets,
        consultation,
    )


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do for a document: what, by when (None: no date), and by whom."""

    document: NormativeDocument
    what: str
    on: date | None
    act: str
    is_provisional: bool = False


def offices() -> dict[int, NormativeOffice]:
    return {office.organ_id: office for office in NormativeOffice.objects.all()}


def filing_day(document: NormativeDocument, office: NormativeOffice | None) -> Reached | None:
    """By when a published document is to be filed."""
    if document.published_on is None:
        return None
    at = office or NormativeOffice()
    return filing_due(
        document.published_on, at.filing_days, working_calendar(), in_working_days=at.filing_in_working_days
    )


def interpretation_day(document: NormativeDocument) -> Reached | None:
    """By when the interpretation is due; None when one is live, none is needed, or nothing is published yet."""
    if document.published_on is None or document.is_taken_over or document.no_interpretation_reason:
        return None
    if any(link.page.live for link in document.interpretations.all()):
        return None
    return interpretation_due(document.published_on, working_calendar())


def reminder_of(document: NormativeDocument, today: date) -> Reminder | None:
    """What the end of the term asks for now; nothing once the document ended otherwise."""
    if not document.standing_on(today).is_in_force:
        return None
    return reminder_due(document.valid_to, today)


def dues_of(document: NormativeDocument, office: NormativeOffice | None, today: date) -> list[Due]:
    """What is to be done for a document now."""
    found = []
    step = Step(document.next_step) if document.next_step else None
    if step is Step.FILING:
        day = filing_day(document, office)
        unsure = office is None or not office.is_confirmed
        found.append(Due(document, "报备案", day.day if day else None, access.ACT_OF_STEP[step], unsure))
    elif step is not None and not _waits_for_the_public(document, step):
        found.append(Due(document, STEPS[step].label, None, access.ACT_OF_STEP[step]))
    if (day := interpretation_day(document)) is not None:
        found.append(Due(document, "发布政策解读", day.day, "登记政策解读", day.provisional))
    if (reminder := reminder_of(document, today)) is not None:
        what = f"有效期至 {reminder.ends_on:%Y-%m-%d}，{reminder.what}"
        found.append(Due(document, what, reminder.ends_on, "开展文件清理"))
    return found


def _waits_for_the_public(document: NormativeDocument, step: Step) -> bool:
    """An open consultation waits for nobody in the office."""
    if step is not Step.CONSULTATION:
        return False
    return any(one.opens_on is not None and not one.is_closed for one in document.consultations.all())


def dues_for(user: User, today: date) -> list[Due]:
    """Everything to be done at the documents the person may see."""
    limit = date.fromordinal(today.toordinal() + REMINDED_DAYS)
    wanted = ~Q(next_step="") | Q(valid_to__range=(today, limit))
    found = documents_for(user).whole().filter(wanted).prefetch_related("consultations")
    known = offices()
    return [due for document in found for due in dues_of(document, known.get(document.organ_id), today)]
