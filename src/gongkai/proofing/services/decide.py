"""What a person decides on a finding: taken, left as it is, waived, or looked at again."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.audit.services import record_event
from gongkai.proofing import access
from gongkai.proofing.errors import ProofRefused
from gongkai.proofing.models import ProofDecision, ProofFinding
from gongkai.proofing.selectors import masked

_A = ProofDecision.Act
SHORTEST_REASON = 4


@transaction.atomic
def accept(*, finding: ProofFinding, actor: User, organ: Organ) -> ProofDecision:
    """Note that the suggestion was put into the text; the owner of the page did so."""
    access.require(actor, "处理校对发现", organ)
    return _write(finding, actor, organ, _A.ACCEPTED, "")


@transaction.atomic
def ignore(*, finding: ProofFinding, actor: User, organ: Organ, reason: str) -> ProofDecision:
    """Leave a finding as it is, with the reason.

    Raises:
        ProofRefused: without a reason; or it weighs 严重, which takes a waiver by somebody else.
        AccessDenied: not for this person.
    """
    access.require(actor, "处理校对发现", organ)
    if finding.is_serious:
        raise ProofRefused("严重问题不能自行忽略：请改正，或者请没有参与拟稿的校对、审核人员写明理由后豁免。")
    return _write(finding, actor, organ, _A.IGNORED, _reason(reason))


@transaction.atomic
def waive(
    *, finding: ProofFinding, actor: User, organ: Organ, reason: str, authors: Collection[int]
) -> ProofDecision:
    """Let a 严重 finding stand, by a person of a reviewing role who had no part in the text.

    Args:
        authors: keys of the people who wrote at the text.

    Raises:
        ProofRefused: without a reason, or by one of the authors.
        AccessDenied: not for this person.
    """
    access.require(actor, access.act_of_waiver(finding.rule), organ)
    if actor.pk in authors:
        raise ProofRefused("您写过或者改过这条信息，不能豁免它的严重问题，请由其他人处理。")
    return _write(finding, actor, organ, _A.WAIVED, _reason(reason))


@transaction.atomic
def reopen(*, finding: ProofFinding, actor: User, organ: Organ) -> ProofDecision:
    """Take a decision back: the finding is open again."""
    access.require(actor, "处理校对发现", organ)
    return _write(finding, actor, organ, _A.REOPENED, "")


def _reason(reason: str) -> str:
    if len(reason.strip()) < SHORTEST_REASON:
        raise ProofRefused("请写明不改的理由，例如：原文如此，引自上级文件。")
    return reason.strip()


def _write(finding: ProofFinding, actor: User, organ: Organ, act: str, reason: str) -> ProofDecision:
    run = finding.run
    if not run.is_kept:
        run.is_kept = True
        run.save(update_fields=["is_kept"])
    decision = ProofDecision.objects.create(
        kind=run.kind,
        key=run.key,
        identity=finding.identity,
        run=run,
        rule=finding.rule,
        quote=finding.quote,
        act=act,
        reason=reason,
        person=actor,
        at=timezone.now(),
    )
    record_event(
        f"proof.{act}", run, actor=actor, organ_code=organ.code, page=f"{run.kind}:{run.key}", rule=finding.rule,
        quote=masked(finding), severity=finding.severity, reason=reason,
    )  # fmt: skip
    return decision
