"""Asking, confirming, leaving, and the daily digest. Mails leave through the outbox, with the act that asks for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from gongkai.audit.services import record_event
from gongkai.integrations.mail import leave_mail
from gongkai.portal.listing import address
from gongkai.portal.models import Listing, PortalSettings
from gongkai.portal.subscribing.models import SubscribedColumn, Subscriber
from gongkai.privacy.keys import lookup_hash
from gongkai.publishing.models import ColumnPage, ItemPage

CONFIRM, LEAVE = "subscribing.confirm", "subscribing.leave"
CONFIRM_DAYS = 3
FORGET_DAYS = 7
MAX_ITEMS = 100


class LinkStale(Exception):
    """A link of a mail is too old, was altered, or its subscription has ended; the message is Chinese."""


def _hash(email: str) -> str:
    return lookup_hash(email.strip().lower(), "portal.subscriber")


@transaction.atomic
def ask(*, email: str, columns: Iterable[int], site: PortalSettings) -> None:
    """Leave the question whether the address wants these columns. Does the same for every address, known or not.

    A second question of the same day for the same columns is the first one.
    """
    wanted = sorted(set(columns))
    subscriber, _ = Subscriber.objects.get_or_create(lookup=_hash(email), defaults={"email": email.strip()})
    token = signing.dumps([subscriber.pk, wanted], salt=CONFIRM, compress=True)
    names = "、".join(
        ColumnPage.objects.filter(pk__in=wanted).order_by("path").values_list("title", flat=True)
    )
    leave_mail(
        to=email.strip(), subject=f"请确认订阅：{site.site_name}", what="订阅确认邮件",
        key=f"subscribe-{subscriber.pk}-{timezone.localdate():%Y%m%d}-{'.'.join(map(str, wanted))}",
        body=(
            f"有人用这个邮箱订阅{site.site_name}的栏目：{names}。\n\n"
            f"是您本人订阅的，请在 {CONFIRM_DAYS} 天内打开下面的地址确认：\n{_link('portal:subscribe_confirm', token)}\n\n"
            "不是您订阅的，请不用理会，不会再收到邮件。\n"
        ),
    )  # fmt: skip


def _link(name: str, token: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse(name, args=[token])}"


def question_of(token: str) -> tuple[int, list[int]]:
    """The subscriber and the columns of a confirmation link.

    Raises:
        LinkStale: too old, altered, or the address was forgotten meanwhile.
    """
    try:
        subscriber, columns = signing.loads(token, salt=CONFIRM, max_age=timedelta(days=CONFIRM_DAYS))
    except signing.BadSignature:
        raise LinkStale(f"这个确认链接不对或者已超过 {CONFIRM_DAYS} 天，请重新订阅。") from None
    if not Subscriber.objects.filter(pk=subscriber).exclude(lookup=None).exists():
        raise LinkStale("这个订阅已经取消，请重新订阅。")
    return int(subscriber), [int(one) for one in columns]


@transaction.atomic
def confirm(token: str) -> None:
    """Take the columns of a link up.

    Raises:
        LinkStale: see ``question_of``.
    """
    pk, columns = question_of(token)
    subscriber = Subscriber.objects.select_for_update().get(pk=pk)
    now = timezone.now()
    if subscriber.confirmed_at is None:
        subscriber.confirmed_at, subscriber.sent_upto = now, now
        subscriber.save()
        record_event("subscription.confirmed", subscriber, actor="公众")
    for column in columns:
        SubscribedColumn.objects.get_or_create(subscriber=subscriber, column=column)


def subscriber_of(token: str) -> int:
    """The subscriber of a leaving link, which never grows old.

    Raises:
        LinkStale: altered.
    """
    try:
        return int(signing.loads(token, salt=LEAVE))
    except signing.BadSignature:
        raise LinkStale("这个退订链接不完整，请从邮件里完整复制。") from None


@transaction.atomic
def leave(token: str) -> None:
    """End a subscription and forget the address; done twice it is done once.

    Raises:
        LinkStale: the link was altered.
    """
    subscriber = Subscriber.objects.select_for_update().filter(pk=subscriber_of(token)).first()
    if subscriber is not None and subscriber.lookup is not None:
        _forget(subscriber)
        record_event("subscription.ended", subscriber, actor="公众")


def _forget(subscriber: Subscriber) -> None:
    subscriber.columns.all().delete()
    subscriber.email, subscriber.lookup, subscriber.ended_at = "", None, timezone.now()
    subscriber.save()


def leave_digests(today: date, *, now: datetime | None = None) -> int:
    """Leave today's digests of what went live since the last one; gives how many. Run twice a day it does nothing more."""
    moment = now or timezone.now()
    site = PortalSettings.objects.select_related("site").filter(site__is_default_site=True).first()
    old = Subscriber.objects.filter(confirmed_at=None, created_at__lt=moment - timedelta(days=FORGET_DAYS))
    for subscriber in old.exclude(lookup=None):
        _forget(subscriber)
    if site is None:
        return 0
    active = Subscriber.objects.exclude(confirmed_at=None).exclude(lookup=None)
    pks = list(active.filter(sent_upto__date__lt=today).values_list("pk", flat=True))
    return sum(_digest(pk, site, moment, today) for pk in pks)


@transaction.atomic
def _digest(pk: int, site: PortalSettings, moment: datetime, today: date) -> bool:
    subscriber = Subscriber.objects.select_for_update().get(pk=pk)
    if subscriber.lookup is None:
        return False
    since, subscriber.sent_upto = subscriber.sent_upto, moment
    subscriber.save(update_fields=["sent_upto"])
    columns = subscriber.columns.values("column")
    listed = Listing.objects.filter(column__in=columns, published_at__gt=since, published_at__lte=moment)
    items = _shown(ItemPage.objects.live().filter(pk__in=listed.values("item")), site)
    if not items:
        return False
    token = signing.dumps(subscriber.pk, salt=LEAVE)
    link = _link("portal:subscribe_leave", token)
    leave_mail(
        to=subscriber.email, key=f"digest-{subscriber.pk}-{today:%Y%m%d}", what="订阅的每日邮件",
        subject=f"{site.site_name}：{len(items)} 条新信息", body=_body(items, site, link),
        headers={"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )  # fmt: skip
    return True


def _shown(items: object, site: PortalSettings) -> list[ItemPage]:
    closed = Q(pk=None)
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        closed |= Q(path__startswith=path)
    found = items.filter(url_path__startswith=site.site.root_page.url_path).exclude(closed)  # type: ignore[attr-defined]
    return list(found.order_by("-published_at", "-pk")[:MAX_ITEMS])


def _body(items: list[ItemPage], site: PortalSettings, link: str) -> str:
    root, base = site.site.root_page.url_path, settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    lines = [
        f"{timezone.localdate(item.published_at):%Y-%m-%d}　{item.title}\n{base}{address(item.url_path, root)}\n"
        for item in items
    ]
    return "您订阅的栏目有新信息：\n\n" + "\n".join(lines) + f"\n不想再收到的，打开下面的地址退订：\n{link}\n"
