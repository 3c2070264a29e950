"""我为政府网站找错: taken in, answered, closed; their clocks. Source: portal-rules §2.4."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from tests import factories as make

from gongkai.agencies.models import Department
from gongkai.agencies.roles import Role
from gongkai.agencies.waiting import contributed_lines
from gongkai.calendar_files import working_calendar
from gongkai.core.inspection.tickets import ticket_clocks
from gongkai.supervision import services
from gongkai.supervision.errors import TicketRefused
from gongkai.supervision.models import FaultTicket

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    return make.organ()


@pytest.fixture
def clerk(organ):
    return make.holder(organ, Role.DISCLOSURE_OFFICE)


def ticket(organ, **given) -> FaultTicket:
    return services.take_ticket(**{"organ": organ, "kind": "wrong", "text": "“布署”应为“部署”", **given})


@pytest.mark.parametrize(
    ("received", "answer", "close"),
    [
        (date(2026, 11, 26), date(2026, 12, 1), date(2026, 12, 26)),
        (date(2026, 1, 31), date(2026, 2, 4), date(2026, 2, 28)),
    ],
)
def test_an_answer_is_due_on_the_third_working_day_and_the_close_after_a_month(received, answer, close):
    clocks = ticket_clocks(received, working_calendar())

    assert (clocks.answer_by, clocks.close_by) == (answer, close)


def test_a_message_needs_words_but_no_name_and_is_taken_once(organ):
    made = ticket(organ, submission_key="k")

    assert ticket(organ, submission_key="k") == made
    assert made.number.startswith(f"ZC{timezone.localdate():%Y%m%d}")
    for text in (" ", "长" * 2001):
        with pytest.raises(TicketRefused):
            ticket(organ, text=text)
    with pytest.raises(TicketRefused, match="晚于今天"):
        ticket(organ, received_on=timezone.localdate() + timedelta(days=1))


def test_a_contact_is_sealed_in_the_database(organ):
    made = ticket(organ, contact="0510-80000000")

    with connection.cursor() as cursor:
        cursor.execute("SELECT contact FROM supervision_faultticket WHERE id = %s", [made.pk])
        stored = cursor.fetchone()[0]
    assert "80000000" not in stored
    assert FaultTicket.objects.get().contact == "0510-80000000"


def test_only_an_answered_message_closes(organ, clerk):
    made = ticket(organ)

    with pytest.raises(TicketRefused, match="待答复"):
        services.close_ticket(ticket=made, by=clerk)
    with pytest.raises(TicketRefused, match="写明答复"):
        services.answer_ticket(ticket=made, by=clerk, answer=" ")
    services.answer_ticket(ticket=made, by=clerk, answer="属实，已改正。")
    done = services.close_ticket(ticket=made, by=clerk)

    assert done.state == FaultTicket.State.CLOSED
    with pytest.raises(TicketRefused):
        services.answer_ticket(ticket=made, by=clerk, answer="再答")
    with pytest.raises(PermissionDenied):
        services.answer_ticket(ticket=ticket(organ), by=make.holder(organ, Role.PROOFREADER), answer="答")


def test_a_message_with_a_rectification_closes_after_its_recheck(organ, clerk):
    """Nothing closes without a re-check."""
    made, head = ticket(organ), make.holder(organ, Role.DISCLOSURE_HEAD)
    department = Department.objects.create(organ=organ, name="党政办公室")
    told = services.rectify_ticket(ticket=made, by=head, department=department, problem="错字", demand="改正")
    services.answer_ticket(ticket=made, by=clerk, answer="属实，正在改正。")

    with pytest.raises(TicketRefused, match="还没有复查通过"):
        services.close_ticket(ticket=made, by=clerk)
    with pytest.raises(TicketRefused, match="已经下发过"):
        services.rectify_ticket(ticket=made, by=head, department=department, problem="错字", demand="改正")
    services.report_fixed(rectification=told, by=clerk, note="已改", cause="review")
    services.recheck_by_person(rectification=told, by=head, passed=True, note="看过")

    assert services.close_ticket(ticket=made, by=clerk).closed_on == timezone.localdate()


def test_the_desk_shows_open_messages_with_their_day(organ, clerk):
    made = ticket(organ)

    lines = [line for line in contributed_lines(clerk, made.received_on) if "找错" in line.text]

    assert [(line.due_on, line.mine) for line in lines] == [(made.clocks.answer_by, True)]


def test_the_course_on_the_screens(client, organ, clerk):
    client.force_login(clerk)
    day = timezone.localdate()
    sent = {"source": "platform", "received_on": day, "kind": "stale", "text": "栏目很久没有更新"}
    assert client.post(reverse("supervision:enter_ticket"), sent | {"text": ""}).status_code == 422
    client.post(reverse("supervision:enter_ticket"), sent)
    made = FaultTicket.objects.get()
    client.post(reverse("supervision:answer_ticket", args=[made.pk]), {"answer": "已更新。"})
    shown = client.get(reverse("supervision:ticket", args=[made.pk])).content.decode()
    client.post(reverse("supervision:close_ticket", args=[made.pk]))

    made.refresh_from_db()
    assert "已更新。" in shown
    assert "待核实" in shown
    assert made.state == FaultTicket.State.CLOSED
    assert made.number in client.get(reverse("supervision:tickets")).content.decode()
    assert client.get(reverse("supervision:rectify_ticket", args=[made.pk])).status_code == 200


@pytest.mark.parametrize("name", ["tickets", "ticket", "enter_ticket", "answer_ticket", "rectify_ticket"])
def test_people_without_a_role_see_nothing(client, organ, name):
    made = ticket(organ)
    client.force_login(make.holder(make.organ(), Role.INFORMATION_OFFICER))
    args = [] if name in {"tickets", "enter_ticket"} else [made.pk]

    assert client.get(reverse(f"supervision:{name}", args=args)).status_code in {302, 403}


class TestPublicForm:
    """The form of the portal."""

    @pytest.fixture(autouse=True)
    def _site(self, organ):
        make.portal_site(organ)

    def test_a_reader_tells_a_fault_and_sees_what_became_of_it(self, client, clerk):
        page = client.get("/zhaocuo/", {"ye": "/ditu/"}).content.decode()
        assert "http://testserver/ditu/" in page
        sent = client.post("/zhaocuo/", {"kind": "wrong", "text": "有错字", "key": "k1"})
        made = FaultTicket.objects.get()
        assert sent["Location"] == f"/zhaocuo/{made.number}/"
        assert "还没有答复" in client.get(sent["Location"]).content.decode()

        services.answer_ticket(ticket=made, by=clerk, answer="属实，已改正。")

        told = client.get(sent["Location"]).content.decode()
        assert "属实，已改正。" in told
        assert "有错字" not in told

    def test_what_is_missing_is_said_beside_the_field(self, client):
        found = client.post("/zhaocuo/", {"kind": "", "text": ""})

        assert found.status_code == 422
        assert "请写明哪里有错。" in found.content.decode()

    def test_addresses_elsewhere_are_not_taken_over(self, client):
        found = client.get("/zhaocuo/", {"ye": "//evil.example/"})

        assert found.context["form"]["url"].value() == ""

    def test_unknown_numbers_are_not_found(self, client):
        assert client.get("/zhaocuo/ZC20260101AAAAAAAAAA/").status_code == 404

    def test_too_many_from_one_address_wait(self, client, settings):
        settings.PUBLIC_LIMITS = settings.PUBLIC_LIMITS | {"fault": (1, 600)}
        sent = {"kind": "wrong", "text": "有错字"}
        client.post("/zhaocuo/", sent, REMOTE_ADDR="203.0.113.77")

        assert client.post("/zhaocuo/", sent, REMOTE_ADDR="203.0.113.77").status_code == 429
