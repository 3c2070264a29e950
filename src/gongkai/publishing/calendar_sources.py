"""What publishing puts into the calendar of publications (发布日历); few queries, however many records.

Each source gives what the person may see: the organs at which they may see reviews, or normative documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.dated import Dated, DatedSource, Span, register_dated
from gongkai.agencies.models import User
from gongkai.core.documents.normative.terms import REMINDERS, months_before
from gongkai.core.publication import STAGES, WINDOW_DAYS, Freshness, UpdateClass, obstacle
from gongkai.publishing import selectors
from gongkai.publishing.clocks import clock_of, column_states
from gongkai.publishing.models import (
    DraftConsultation,
    ItemPage,
    NormativeDocument,
    PublicConcern,
    ReleaseGrant,
    Review,
    SourceDetermination,
)
from gongkai.publishing.normative import access as normative_access
from gongkai.publishing.normative import selectors as normative_selectors

_S = Review.State
_MONTHS_AHEAD = max(months for months, _ in REMINDERS) + 1
_EDIT, _NORMATIVE = "wagtailadmin_pages:edit", "publishing:normative"


def _place(page: ItemPage | None) -> str:
    return page.path[: -ItemPage.steplen] if page is not None else ""


def _who(item: ItemPage, person: object = None) -> str:
    return str(item.department or person or item.organ or "")


def _moments(span: Span) -> tuple[datetime, datetime]:
    """The first moment of a span, and the first after it."""
    first, after = (
        timezone.make_aware(datetime.combine(day, time.min)) for day in (span.first, span.last + timedelta(1))
    )
    return first, after


def _organs(user: User, act: str) -> set[int]:
    return {organ.pk for organ in selectors.organs_for(user, act)}


def _items(user: User) -> QuerySet[ItemPage]:
    """Items of the organs at which the person may see reviews, without their texts."""
    rows = ItemPage.objects.filter(organ__in=selectors.organs_for(user, "查看审核"))
    return rows.defer("body", "blocks").select_related("organ", "department", "owner", "catalogue_entry")


def scheduled(user: User, span: Span) -> Iterator[Dated]:
    """Versions on the schedule with their grant, and those planned whose review is not done (定时发布)."""
    first, after = _moments(span)
    moment = Q(revision__approved_go_live_at__gte=first, revision__approved_go_live_at__lt=after)
    missed = Q(revision__approved_go_live_at__lt=timezone.now())
    rows = ReleaseGrant.objects.filter(moment | missed, ended_at=None, page__in=_items(user))
    publishers = _organs(user, "发布信息")
    granted = set()
    for grant in rows.select_related("page__organ", "page__department", "revision", "granted_by", "review"):
        at, page = grant.revision.approved_go_live_at, grant.page
        granted.add(page.pk)
        yield Dated(
            "dingshi", grant.review.title, reverse("publishing:review", args=[grant.review_id]), timezone.localdate(at),
            _who(page, grant.granted_by), page.organ_id in publishers, is_duty=at < timezone.now(), at=at, place=_place(page),
        )  # fmt: skip
    unmet = Q(go_live_at__lt=after) | Q(go_live_at__lt=timezone.now())
    planned = _items(user).filter(unmet, live=False, index_number=None).exclude(pk__in=granted)
    for item in planned.filter(reviews__state__in=[_S.OPEN, _S.PASSED]).distinct():
        on = timezone.localdate(item.go_live_at)
        if span.holds(on, is_duty=True):
            yield Dated(
                "dingshi", f"{item.title}（审核还没有完成）", reverse(_EDIT, args=[item.pk]), on, _who(item, item.owner),
                item.organ_id in publishers, at=item.go_live_at, place=_place(item),
            )  # fmt: skip


def expiring(user: User, span: Span) -> Iterator[Dated]:
    """Live items that go off by themselves (到期下线)."""
    first, after = _moments(span)
    drafters = _organs(user, "拟稿送审")
    for item in _items(user).filter(live=True, expire_at__gte=first, expire_at__lt=after):
        yield Dated(
            "daoqi", item.title, reverse(_EDIT, args=[item.pk]), timezone.localdate(item.expire_at), _who(item, item.owner),
            item.organ_id in drafters, is_duty=False, at=item.expire_at, place=_place(item),
        )  # fmt: skip


def urgent(user: User, span: Span) -> Iterator[Dated]:
    """Reviews to be finished after an urgent release (紧急发布补审)."""
    organs = selectors.organs_for(user, "查看审核")
    rows = Review.objects.filter(page__organ__in=organs, state=_S.PENDING).exclude(finish_by=None)
    signers: dict[str, set[int]] = {}
    for review in rows.with_steps():
        on, at = timezone.localdate(review.finish_by), review.standing
        if not span.holds(on, is_duty=True):
            continue
        label = STAGES[at.current].label if at.current else ""
        if label and label not in signers:
            signers[label] = _organs(user, label)
        authors = [person.pk for person in review.authors.all()]
        may = review.page.organ_id in signers.get(label, ()) and not obstacle(
            at, authors=authors, person=user.pk
        )
        yield Dated(
            "bushen", review.title, reverse("publishing:review", args=[review.pk]), on, label or "审核人", may,
            at=review.finish_by, place=_place(review.page),
        )  # fmt: skip


def unpublished(user: User, span: Span) -> Iterator[Dated]:
    """Information formed and not published: the last of its 20 working days, or of the catalogue's own (条例 Art. 26)."""
    drafters = _organs(user, "拟稿送审")
    rows = _items(user).filter(live=False, index_number=None, formed_on__lte=span.until)
    for item in rows.filter(publicity=ItemPage.Publicity.PROACTIVE):
        clock = clock_of(item)
        if clock is not None and span.holds(clock.due_on, is_duty=True):
            yield Dated(
                "gongkai", item.title, reverse(_EDIT, args=[item.pk]), clock.due_on, _who(item, item.owner),
                item.organ_id in drafters, place=_place(item), is_provisional=clock.is_provisional,
            )  # fmt: skip


def consultations(user: User, span: Span) -> Iterator[Dated]:
    """Last days on which the public may say something on a draft (征求意见截止)."""
    organs = normative_access.organs_for(user, "查看规范性文件")
    rows = DraftConsultation.objects.filter(
        document__organ__in=organs, closes_on__range=(span.first, span.last)
    )
    mine = {organ.pk for organ in normative_access.organs_for(user, "处理公众意见")}
    for one in rows.select_related("document__department", "document__organ", "page"):
        document = one.document
        yield Dated(
            "zhengqiu", document.title, reverse("publishing:normative_opinions", args=[one.pk]), one.closes_on,
            str(document.department or document.organ), document.organ_id in mine, is_duty=False, place=_place(one.page),
        )  # fmt: skip


def terms(user: User, span: Span) -> Iterator[Dated]:
    """Reminders before the term of a document in force ends, and the end itself (有效期)."""
    until = months_before(span.last, -_MONTHS_AHEAD)
    rows = normative_selectors.documents_for(user).in_force_on(span.today)
    rows = rows.filter(valid_to__range=(span.first, until)).select_related("organ", "department", "page")
    mine = {organ.pk for organ in normative_access.organs_for(user, "开展文件清理")}
    for document in rows:
        days = [(months_before(document.valid_to, months), what) for months, what in REMINDERS]
        for on, what in [*days, (document.valid_to, "有效期届满")]:
            if span.holds(on):
                yield _of_document(
                    "youxiaoqi", f"{document.title}：{what}", document, on, document.organ_id in mine
                )


def _of_document(
    kind: str, title: str, document: NormativeDocument, on: date, mine: bool, **given: bool
) -> Dated:
    return Dated(
        kind, title, reverse(_NORMATIVE, args=[document.pk]), on, str(document.department or document.organ), mine,
        **{"is_duty": False, **given}, place=_place(document.page),
    )  # fmt: skip


def interpretations(user: User, span: Span) -> Iterator[Dated]:
    """Documents published without their interpretation: three working days (政策解读)."""
    rows = normative_selectors.documents_for(user).published().filter(is_taken_over=False)
    rows = rows.filter(published_on__lte=span.until, no_interpretation_reason="")
    rows = rows.exclude(interpretations__page__live=True).exclude(ended_on__lte=span.today)
    mine = {organ.pk for organ in normative_access.organs_for(user, "登记政策解读")}
    for document in rows.whole():
        day = normative_selectors.interpretation_day(document)
        if day is not None and span.holds(day.day, is_duty=True):
            yield _of_document(
                "jiedu", f"{document.title}：发布政策解读", document, day.day, document.organ_id in mine,
                is_duty=True, is_provisional=day.provisional,
            )  # fmt: skip


def filings(user: User, span: Span) -> Iterator[Dated]:
    """Documents published and not filed (报备案)."""
    rows = normative_selectors.documents_for(user).filter(next_step="filing", published_on__lte=span.until)
    offices = normative_selectors.offices()
    mine = {organ.pk for organ in normative_access.organs_for(user, "登记编号和备案")}
    for document in rows.select_related("organ", "department", "page"):
        office = offices.get(document.organ_id)
        day = normative_selectors.filing_day(document, office)
        if day is not None and span.holds(day.day, is_duty=True):
            yield _of_document(
                "beian", f"{document.title}：报备案", document, day.day, document.organ_id in mine,
                is_duty=True, is_provisional=day.provisional or office is None or not office.is_confirmed,
            )  # fmt: skip


def columns(user: User, span: Span) -> Iterator[Dated]:
    """By when a column with a clock has to show something new (栏目更新)."""
    if not selectors.organs_for(user, "查看审核"):
        return
    drafters = _organs(user, "拟稿送审")
    for state in column_states(span.today):
        column, window = state.column, WINDOW_DAYS[UpdateClass(state.column.update_class)]
        if state.newest is None or window is None or state.freshness is Freshness.ARCHIVED:
            continue
        on = state.newest + timedelta(days=window)
        if span.holds(on, is_duty=True):
            owner = column.owner_department
            mine = owner.organ_id in drafters if owner is not None else bool(drafters)
            yield Dated(
                "lanmu", f"{column.title}：到这一天要有更新", reverse("wagtailadmin_explore", args=[column.pk]), on,
                str(owner or ""), mine, place=column.path,
            )  # fmt: skip


def concerns(user: User, span: Span) -> Iterator[Dated]:
    """Concerns of the public that wait for their answer (回应关切)."""
    rows = PublicConcern.objects.filter(organ__in=selectors.organs_for(user, "查看审核"), closed_reason="")
    mine = _organs(user, "登记公众关切")
    for one in rows.exclude(response__live=True).select_related("organ", "noted_by"):
        on = timezone.localdate(one.due_at)
        if span.holds(on, is_duty=True):
            yield Dated(
                "guanqie", one.title, reverse("publishing:concerns"), on, str(one.noted_by), one.organ_id in mine,
                at=one.due_at,
            )  # fmt: skip


def reassessments(user: User, span: Span) -> Iterator[Dated]:
    """Papers not disclosed that are to be looked at again (定期评估, 条例 Art. 18)."""
    rows = SourceDetermination.objects.filter(
        organ__in=selectors.organs_for(user, "查看审核"), state=SourceDetermination.State.DETERMINED,
        reassess_on__lte=span.until,
    )  # fmt: skip
    mine = _organs(user, "审核公开属性")
    for paper in rows.select_related("organ", "department"):
        if span.holds(paper.reassess_on, is_duty=True):
            yield Dated(
                "pinggu", paper.title, reverse("publishing:paper", args=[paper.pk]), paper.reassess_on,
                str(paper.department or paper.organ), paper.organ_id in mine,
            )  # fmt: skip


SOURCES = (
    DatedSource("dingshi", "定时发布", scheduled),
    DatedSource("daoqi", "到期下线", expiring),
    DatedSource("gongkai", "公开期限", unpublished),
    DatedSource("bushen", "紧急发布补审", urgent),
    DatedSource("zhengqiu", "征求意见截止", consultations),
    DatedSource("jiedu", "政策解读期限", interpretations),
    DatedSource("beian", "备案期限", filings),
    DatedSource("youxiaoqi", "文件有效期", terms),
    DatedSource("lanmu", "栏目更新", columns),
    DatedSource("guanqie", "回应关切", concerns),
    DatedSource("pinggu", "不公开的评估", reassessments),
)


def register_calendar() -> None:
    """Put all of them into the calendar."""
    for source in SOURCES:
        register_dated(source)
