"""Personal data are read for a reason and destroyed in time; the statistics stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from unittest import mock

import pytest
from tests.unit.inforequests.office import on

from gongkai.agencies.access import AccessDenied
from gongkai.audit.models import Event
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.services import deciding, intake, retaining
from gongkai.inforequests.services.intake import Given
from gongkai.privacy import keys
from gongkai.privacy.services import rotating


def archived(office, day=date(2014, 3, 3)):
    case = office.served(day)
    with on(day, 15):
        intake.keep_attachment(case, Given("身份证.png", "image/png", b"picture"))
        deciding.archive(request_id=case.pk, actor=office.clerk)
    case.refresh_from_db()
    return case


def test_a_reading_needs_a_reason_and_a_right_and_leaves_a_trace_without_the_data(office):
    case = office.processing()
    with pytest.raises(ActRefused, match="理由"):
        retaining.reveal_applicant(request_id=case.pk, actor=office.clerk, reason=" ")
    with pytest.raises(AccessDenied):
        retaining.reveal_applicant(request_id=case.pk, actor=office.reviewer, reason="好奇")
    shown = retaining.reveal_applicant(request_id=case.pk, actor=office.clerk, reason="邮寄")
    assert case.identity_number in shown.values()
    log = " ".join(str(event.data) for event in Event.objects.all())
    assert "邮寄" in log
    assert case.identity_number not in log


def test_a_file_is_sealed_on_disk_and_opened_by_a_logged_act(office):
    case = archived(office)
    attachment = case.attachments.get()
    with open(attachment.file.path, "rb") as stream:
        assert b"picture" not in stream.read()
    _, data = retaining.reveal_attachment(attachment_id=attachment.pk, actor=office.clerk, reason="核对")
    assert data == b"picture"


def test_after_the_retention_the_person_is_gone_and_the_figures_stay(
    office, django_capture_on_commit_callbacks
):
    case, fresh = archived(office), archived(office, date(2026, 3, 2))
    paths = [case.letters.get().pdf.path, case.attachments.get().file.path]
    with on(date(2026, 3, 10)), django_capture_on_commit_callbacks(execute=True):
        assert retaining.due_for_anonymisation(office.organ, date(2026, 3, 10)) == [case]
        assert retaining.anonymise(organ=office.organ, actor=office.head) == 1
    name, number = case.applicant_name, case.identity_number
    case.refresh_from_db()
    fresh.refresh_from_db()
    assert fresh.anonymised_at is None
    assert (case.applicant_kind, case.outcome, case.closed_on) == ("natural", "D-36-1", date(2014, 3, 3))
    assert name not in case.applicant_name
    assert number not in case.identity_number
    assert case.letters.get().text == retaining.GONE
    assert not any(Path(path).exists() for path in paths)
    assert InfoRequest.objects.counted().count() == 2


def test_only_the_head_destroys(office):
    with pytest.raises(AccessDenied):
        retaining.anonymise(organ=office.organ, actor=office.clerk)


def test_new_keys_take_over_every_value_and_an_interrupted_run_goes_on(office):
    case = office.served()
    keys.add_key()
    real, done = rotating._reseal_column, []

    def dies_half_way(model, field):
        if len(done) == 3:
            raise KeyboardInterrupt
        resealed = real(model, field)
        if resealed:  # columns of other apps may hold nothing here
            done.append(resealed)
        return resealed

    with mock.patch.object(rotating, "_reseal_column", dies_half_way), pytest.raises(KeyboardInterrupt):
        rotating.rotate()
    assert len(rotating.keys_in_use()) > 1
    rotating.rotate()
    assert set(rotating.keys_in_use()) == {keys.keyring().current}
    assert rotating.rotate() == rotating.Rotation(0, 0)
    assert InfoRequest.objects.get(pk=case.pk).applicant_name == case.applicant_name
    with case.letters.get().pdf.open("rb") as stream:
        assert stream.read(5) == b"%PDF-"
