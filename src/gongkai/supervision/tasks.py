"""Inspections in the background."""

from __future__ import annotations

import logging

from django_tasks import task

from gongkai.supervision.errors import InspectionRefused
from gongkai.supervision.models import InspectionSettings, Run
from gongkai.supervision.services import begin, carry_out, recheck_reported

logger = logging.getLogger(__name__)


@task()
def inspect_site(run_id: int) -> str:
    """Carry out an inspection that was asked for; the verdict."""
    run = Run.objects.get(pk=run_id)
    if run.state != Run.State.QUEUED:
        return run.verdict
    carry_out(run)
    recheck_reported(run, run.evidence)
    return run.verdict


def queue_nightly() -> int:
    """Queue the inspection of every office that wants one each day; how many."""
    count = 0
    for chosen in InspectionSettings.objects.filter(is_nightly=True, organ__isnull=False).exclude(address=""):
        try:
            run = begin(organ=chosen.organ, address=chosen.address, cause=Run.Cause.NIGHTLY)
        except InspectionRefused as refusal:
            logger.warning("nightly inspection of %s not begun: %s", chosen.address, refusal)
            continue
        inspect_site.enqueue(run.pk)
        count += 1
    return count
