"""Running an inspection, keeping its evidence, judging a past day again, ruling on what is suspected."""

from __future__ import annotations

import zlib
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from tests import factories as make
from tests.factories.bad_site import NOW, TODAY, BadSite
from tests.factories.site_server import serving

from gongkai.agencies.roles import Role
from gongkai.audit.models import Event
from gongkai.core.inspection import Channel, Register, State, Verdict, to_json
from gongkai.crawling import Limits
from gongkai.proofing.services import add_entry
from gongkai.supervision import services
from gongkai.supervision.errors import InspectionRefused
from gongkai.supervision.models import Account, Finding, InspectionSettings, Ruling, Run, Visit
from gongkai.supervision.services.inspecting import settings_for
from gongkai.supervision.tasks import inspect_site, queue_nightly

pytestmark = pytest.mark.django_db
QUICK = Limits(pause=0, page_seconds=5)


def begun(address: str, organ=None) -> Run:
    return services.begin(organ=organ or make.organ(), address=address, cause=Run.Cause.COMMAND)


def run_on(site: BadSite, *, days: float = 0, organ=None, origin: str = "") -> Run:
    """A finished run, so many days after the time point."""
    with serving(site.pages) as served:
        run = begun(origin or served.url("/"), organ)
        services.carry_out(run, limits=QUICK, now=lambda: NOW + timedelta(days=days))
    return run


def codes(run: Run) -> set[str]:
    return set(run.findings.values_list("code", flat=True))


def faulty() -> BadSite:
    site = BadSite()
    site.pages["/jigou/1/"] = str(site.pages["/jigou/1/"]).replace(
        "管委会设党政办公室", "管委会布署党政办公室"
    )
    site.add("/jigou/1/", '<div style="display:none"><a href="http://casino.example.com/">x</a></div>')
    return site


def test_a_run_keeps_findings_evidence_and_copies_of_the_pages_they_are_about():
    run = run_on(faulty())

    assert run.state == Run.State.DONE
    assert run.on == TODAY
    assert codes(run) == {"S-HIDDEN", "Q-WORDS"}
    copy = run.copies.get()
    assert copy.url.endswith("/jigou/1/")
    assert "casino" in copy.body.decode()
    assert run.evidence.pages[0].status == 200
    done = Event.objects.get(action="inspection.done")
    assert run.digest in done.data


def test_a_past_day_is_judged_again_to_the_same_result():
    run = run_on(faulty())

    found, judged = services.replay(run.organ, TODAY)

    assert found == run
    assert {one.code for one in judged.findings} == codes(run)
    assert judged.verdict.value == run.verdict


def test_a_day_without_an_inspection_is_refused():
    with pytest.raises(InspectionRefused, match="没有 2026-01-01 的巡查记录"):
        services.replay(make.organ(), TODAY.replace(month=1, day=1))


def test_evidence_that_was_changed_is_not_replayed():
    run = run_on(faulty())
    run.packed = zlib.compress(zlib.decompress(bytes(run.packed)).replace(b"casino", b"casini"))
    run.save()

    with pytest.raises(InspectionRefused, match="可能被改动"):
        services.replay(run.organ, TODAY)


def test_a_link_that_fails_in_three_inspections_over_a_day_is_broken():
    """portal-rules §2.5: three tries over 24 hours."""
    site = BadSite()
    site.add("/jigou/1/", '<a href="/meiyou/">旧页面</a>')
    organ = make.organ()

    with serving(site.pages) as served:
        states = []
        for days in (0, 0.5, 1):
            run = begun(served.url("/"), organ)
            services.carry_out(run, limits=QUICK, now=lambda days=days: NOW + timedelta(days=days))
            states.append(run.findings.get(code="D-19").state)

    assert states == [State.SUSPECTED.value, State.SUSPECTED.value, State.HIT.value]


def test_a_page_dated_anew_between_two_inspections_is_a_forged_date():
    site, organ = BadSite(), make.organ()
    with serving(site.pages) as served:
        services.carry_out(begun(served.url("/"), organ), limits=QUICK, now=lambda: NOW)
        served.pages["/jigou/1/"] = str(site.pages["/jigou/1/"]).replace(
            str(site.day), str(TODAY + timedelta(days=9))
        )
        run = begun(served.url("/"), organ)
        services.carry_out(run, limits=QUICK, now=lambda: NOW + timedelta(days=10))

    assert run.findings.get(code="V-W-05").says.endswith(f"{TODAY} 的检查已经见过这个页面。")
    assert run.verdict == Verdict.UNQUALIFIED.value


def test_a_site_that_does_not_answer_leaves_a_run_that_says_so():
    with serving({}) as served:
        address = served.url("/")
    run = begun(address)

    services.carry_out(run, limits=QUICK)

    assert run.evidence.pages[0].fault == "服务器拒绝连接"
    assert run.verdict == Verdict.NO_VETO_SO_FAR.value
    assert not run.findings.exists()


def test_a_fault_of_our_own_is_kept_with_the_run():
    run = begun("http://127.0.0.1:9/")

    with (
        patch("gongkai.supervision.services.inspecting.look", side_effect=RuntimeError("坏了")),
        pytest.raises(RuntimeError),
    ):
        services.carry_out(run)

    run.refresh_from_db()
    assert (run.state, run.fault) == (Run.State.FAILED, "RuntimeError: 坏了")


def test_one_address_is_not_inspected_twice_at_once():
    run = begun("http://127.0.0.1:9/")

    with pytest.raises(InspectionRefused, match="正在巡查"):
        begun("http://127.0.0.1:9/", run.organ)


def test_an_empty_address_is_refused():
    with pytest.raises(InspectionRefused, match="设置—网站巡查"):
        begun("")


def suspected() -> Finding:
    """A link that has failed once."""
    site = BadSite()
    site.add("/jigou/1/", '<a href="/meiyou/">旧页面</a>')
    return run_on(site).findings.get(code="D-19")


def test_a_ruling_settles_a_suspicion_for_later_judgements():
    finding = suspected()
    person = make.holder(finding.run.organ, Role.DISCLOSURE_OFFICE)

    services.rule(finding=finding, says=Ruling.Says.CONFIRMED, reason="打开看过，确实打不开", by=person)
    confirmed = services.judged_again(finding.run).outcome("D-19").state
    services.rule(finding=finding, says=Ruling.Says.DISMISSED, reason="网址已经恢复", by=person)

    assert confirmed is State.HIT
    assert services.judged_again(finding.run).outcome("D-19").state is State.CLEAR
    assert Event.objects.filter(action="inspection.ruled").count() == 2


def test_a_ruling_needs_a_reason_and_the_right():
    finding = suspected()
    office = make.holder(finding.run.organ, Role.DISCLOSURE_OFFICE)
    officer = make.holder(finding.run.organ, Role.INFORMATION_OFFICER)

    with pytest.raises(InspectionRefused, match="依据"):
        services.rule(finding=finding, says="confirmed", reason=" ", by=office)
    with pytest.raises(PermissionDenied):
        services.rule(finding=finding, says="confirmed", reason="看过", by=officer)


def test_accounts_visits_and_settings_enter_the_evidence():
    organ, address = make.organ(), "https://www.example.gov.cn/"
    InspectionSettings.objects.create(
        site=make.portal_site(organ).site, organ=organ, address=address, trusted_hosts="a.cn\nb.cn"
    )
    Account.objects.create(organ=organ, name="园区发布", kind="wechat", newest_on=TODAY)
    Visit.objects.create(
        address=address,
        at=Run.objects.create(organ=organ, address=address, cause="command").asked_at,
        is_open=True,
    )

    register = settings_for(begun(address + "x", organ), QUICK).register

    assert register.trusted_hosts == ("a.cn", "b.cn")
    assert [one.name for one in register.channels] == ["园区发布（微信公众号）"]


def test_nobody_registered_an_account_so_accounts_are_not_measured():
    register = settings_for(begun("https://www.example.gov.cn/"), QUICK).register

    assert register.channels is None
    assert "channels" not in to_json(run_on(BadSite()).evidence)["register"]


def test_the_night_inspects_offices_that_want_it():
    organ = make.organ()
    with serving(BadSite().pages) as served:
        chosen = InspectionSettings.objects.create(
            site=make.portal_site(organ).site, organ=organ, address=served.url("/")
        )
        with patch("gongkai.supervision.tasks.carry_out") as carried:
            assert queue_nightly() == 1
        assert carried.call_args[0][0].cause == Run.Cause.NIGHTLY
        chosen.is_nightly = False
        chosen.save()
        assert queue_nightly() == 0


def test_a_task_that_comes_twice_inspects_once():
    run = run_on(BadSite())

    assert inspect_site.call(run.pk) == run.verdict
    assert Run.objects.count() == 1


def test_the_home_page_is_probed_once_an_hour():
    organ = make.organ()
    with serving(BadSite().pages) as served:
        InspectionSettings.objects.create(
            site=make.portal_site(organ).site, organ=organ, address=served.url("/")
        )

        assert services.visit_when_due() == 1
        assert services.visit_when_due() == 0
    Visit.objects.update(at=NOW - timedelta(days=1))
    assert services.visit_when_due() == 1
    assert list(Visit.objects.order_by("at").values_list("is_open", flat=True)) == [True, False]


def test_posts_made_from_here_count_for_the_account_of_their_kind():
    organ = make.organ()
    run = begun("http://127.0.0.1:9/", organ)
    posted = (Channel("微信公众号", TODAY),)

    def known(told=()) -> dict:
        with patch(
            "gongkai.supervision.services.inspecting.register_of",
            return_value=Register(channels=told or None),
        ):
            return {one.name: one.newest_on for one in settings_for(run, QUICK).register.channels or ()}

    assert known() == {}
    assert known(posted) == {"微信公众号": TODAY}
    early = TODAY - timedelta(days=40)
    Account.objects.create(organ=organ, name="示例园区", kind="wechat", newest_on=early)
    assert known() == {"示例园区（微信公众号）": early}
    assert known(posted) == {"示例园区（微信公众号）": TODAY}
    assert known((Channel("微信公众号", early - timedelta(days=9)),)) == {"示例园区（微信公众号）": early}
    # Which of two accounts was posted to is not on record: both keep what was noted by hand.
    Account.objects.create(organ=organ, name="园区招商", kind="wechat", newest_on=None)
    assert known(posted) == {"示例园区（微信公众号）": early, "园区招商（微信公众号）": None}


def test_the_offices_own_book_is_read_against_what_is_published():
    organ, site = make.organ(), BadSite()
    site.pages["/jigou/1/"] = str(site.pages["/jigou/1/"]).replace(
        "管委会设党政办公室", "园区管委设党政办公室"
    )
    assert codes(run_on(site, organ=organ)) == set()
    add_entry(
        organ=organ,
        actor=make.reviewer(organ, Role.PROOFREADER),
        values={
            "kind": "wording", "wrong": "园区管委设", "right": "园区管委会设", "severity": "error", "reason": "机关简称",
            "unless": "", "must_find": "园区管委设办公室。", "must_not_find": "园区管委会设办公室。", "in_force_from": None,
        },
    )  # fmt: skip
    assert codes(run_on(site, organ=organ)) == {"Q-WORDS"}
