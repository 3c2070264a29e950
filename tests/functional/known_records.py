"""Prints, as JSON, addresses and numbers of records of the demo that no page leads to: ``python -m …`` with its settings."""

from __future__ import annotations

import json
from datetime import timedelta

import django


def records() -> dict[str, str]:
    """Numbers and codes of cases by state, and the addresses of one-time links."""
    from django.core import signing
    from django.urls import reverse
    from django.utils import timezone

    from gongkai.inforequests.models import Consultation, InfoRequest
    from gongkai.inforequests.services.consulting import token_digest
    from gongkai.inforequests.services.extending import ask_reason
    from gongkai.portal.subscribing.acts import CONFIRM, LEAVE
    from gongkai.portal.subscribing.models import Subscriber
    from gongkai.publishing.models import ColumnPage, DraftConsultation

    def case(state: str) -> InfoRequest | None:
        return InfoRequest.objects.filter(state=state).order_by("pk").last()

    def code(found: InfoRequest | None) -> str:
        assert found is not None
        return f"{found.number} {found.query_code}"

    today = timezone.localdate()
    if case("await_reason") is None:
        working = case("processing")
        assert working is not None
        ask_reason(request_id=working.pk, actor=working.handler, evidence="一个月内申请五十件", on=today)
    asked = Consultation.objects.filter(answered_on=None, request__closed_on=None).latest("pk")
    Consultation.objects.filter(pk=asked.pk).update(
        token_hash=token_digest("shifan-lianjie"), answer_due_on=today + timedelta(days=9)
    )
    coming, going = (
        Subscriber.objects.get_or_create(
            lookup=f"shifan-{way}", defaults={"email": f"{way}@example.invalid"}
        )[0]
        for way in ("lai", "qu")
    )
    columns = list(ColumnPage.objects.live().values_list("pk", flat=True)[:1])
    opinion = DraftConsultation.objects.filter(closes_on__gte=today).latest("pk")
    return {
        "answered": code(case("replied")),
        "await_correction": code(case("await_correction")),
        "await_reason": code(case("await_reason")),
        "consulted": reverse("inforequests_public:consulted", args=["shifan-lianjie"]),
        "subscribe_confirm": reverse(
            "portal:subscribe_confirm",
            args=[signing.dumps([coming.pk, columns], salt=CONFIRM, compress=True)],
        ),
        "subscribe_leave": reverse("portal:subscribe_leave", args=[signing.dumps(going.pk, salt=LEAVE)]),
        "open consultation": reverse("portal:consultation", args=[opinion.pk]),
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(records(), ensure_ascii=False))
