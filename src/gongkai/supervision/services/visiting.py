"""Probing the home page, about one an hour (V-W-07: at least 20 a day)."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongkai.crawling.addresses import absolute, host_of
from gongkai.crawling.fetching import fetch
from gongkai.supervision.models import InspectionSettings, Visit

EVERY = timedelta(minutes=55)
OPEN_SECONDS = 15  # V-W-07
KEPT = timedelta(days=40)


def visit_when_due() -> int:
    """Probe each address whose last probe is long enough ago; how many were probed."""
    now, count = timezone.now(), 0
    for chosen in InspectionSettings.objects.filter(is_nightly=True).exclude(address=""):
        if Visit.objects.filter(address=chosen.address, at__gt=now - EVERY).exists():
            continue
        url = absolute(chosen.address, chosen.address)
        if url is None:
            continue
        host = host_of(url)
        found = fetch(
            url,
            may_ask=lambda target, host=host: host_of(target) == host,
            max_bytes=1024,
            seconds=OPEN_SECONDS,
        )
        Visit.objects.create(address=chosen.address, at=now, is_open=200 <= found.status < 300)
        count += 1
    Visit.objects.filter(at__lt=now - KEPT).delete()
    return count
