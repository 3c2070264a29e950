"""The settings of an office for its normative documents."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gongkai.agencies.models import Organ, User
from gongkai.audit.services import record_event
from gongkai.publishing.errors import NormativeRefused
from gongkai.publishing.models import NormativeOffice
from gongkai.publishing.normative import access


@transaction.atomic
def set_up_office(*, organ: Organ, actor: User, **fields: Any) -> NormativeOffice:
    """Enter what differs from place to place.

    Raises:
        NormativeRefused: qualified, or confirmed, without the basis.
    """
    access.require(actor, "维护规范性文件设置", organ)
    if fields.get("is_qualified") and not fields.get("qualified_basis", "").strip():
        raise NormativeRefused("请写明有权制发的依据：哪部法规或者哪件授权文件。")
    if fields.get("is_confirmed") and not fields.get("confirmed_basis", "").strip():
        raise NormativeRefused("请写明核对所依据的本省规定。")
    office, _ = NormativeOffice.objects.update_or_create(organ=organ, defaults=fields)
    record_event("normative.office", office, actor=actor, organ_code=organ.code, **fields)
    return office
