"""Work points: plans, check-ins with evidence, confirmed by another, imported whole or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests import factories as make

from gongkai.agencies.models import Department
from gongkai.agencies.roles import Role
from gongkai.agencies.shell import xlsx
from gongkai.agencies.waiting import contributed_lines
from gongkai.audit.models import Event
from gongkai.core.work_points import PointStanding
from gongkai.releasefiles.errors import UploadRefused
from gongkai.supervision import point_selectors, services
from gongkai.supervision.board import own
from gongkai.supervision.board.registry import Standing
from gongkai.supervision.errors import PointRefused
from gongkai.supervision.models import WorkPlan, WorkPoint
from gongkai.supervision.services.point_import import HEADINGS

pytestmark = pytest.mark.django_db


class Office:
    """An organ with a department and those who make, fill in and confirm."""

    def __init__(self) -> None:
        self.organ = make.organ()
        self.department = Department.objects.create(organ=self.organ, name="党政办公室")
        self.clerk = make.holder(self.organ, Role.DISCLOSURE_OFFICE)
        self.head = make.holder(self.organ, Role.DISCLOSURE_HEAD)
        self.officer = make.holder(self.organ, Role.INFORMATION_OFFICER)
        self.today = timezone.localdate()
        self.year = self.today.year

    def plan(self, **more) -> WorkPlan:
        given = {
            "year": self.year, "title": "政务公开工作要点", "document_number": "示办发〔2026〕8号",
            "issued_by": "示例县人民政府办公室", "issued_on": self.today - timedelta(days=100), **more,
        }  # fmt: skip
        return services.make_plan(organ=self.organ, by=self.clerk, **given)

    def point(self, plan: WorkPlan | None = None, **more) -> WorkPoint:
        given = {
            "number": "1", "text": "公开重大行政决策事项目录", "department": self.department,
            "due_on": date(self.year, 12, 31), **more,
        }  # fmt: skip
        return services.add_point(plan=plan or self.plan(), by=self.clerk, **given)

    def check_in(self, point: WorkPoint, **more):
        given = {"by": self.officer, "on": self.today, "percent": 50, "note": "已起草目录", **more}
        return services.check_in(point=point, **given)

    def complete(self, point: WorkPoint, **more):
        return self.check_in(point, **{"percent": 100, "link": "/xxgk/mulu/1/", **more})


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_plan_is_one_of_its_title_in_a_year_and_not_of_the_future(office):
    office.plan()

    with pytest.raises(PointRefused, match="已经登记过"):
        office.plan()
    with pytest.raises(PointRefused, match="晚于今天"):
        office.plan(title="另一份", issued_on=office.today + timedelta(days=1))


def test_a_point_is_due_on_a_day_or_goes_on(office):
    plan = office.plan()
    for limits in ({"due_on": None}, {"interval_months": 3}):
        with pytest.raises(PointRefused, match="二者选一"):
            office.point(plan, **limits)
    with pytest.raises(PointRefused, match="应在"):
        office.point(plan, due_on=date(office.year - 1, 12, 31))
    with pytest.raises(PointRefused, match="只能是"):
        office.point(plan, due_on=None, interval_months=2)
    with pytest.raises(PointRefused, match="序号和工作任务"):
        office.point(plan, text=" ")
    with pytest.raises(PointRefused, match="不属于"):
        office.point(plan, department=Department.objects.create(organ=make.organ(), name="别处"))
    office.point(plan)
    with pytest.raises(PointRefused, match="已经用过"):
        office.point(plan)


def test_complete_without_evidence_is_refused(office):
    point = office.point()

    with pytest.raises(PointRefused, match="要有佐证"):
        office.check_in(point, percent=100)
    office.check_in(point, data="目录".encode(), name="目录.txt")

    assert office.check_in(point, percent=100).percent == 100
    assert point.check_ins.first().files.get().download_name == "目录.txt"


def test_a_check_in_says_something_true_to_its_day(office):
    point = office.point()
    office.check_in(point, on=office.today - timedelta(days=2))

    for given, words in (
        ({"note": " "}, "请写进展"),
        ({"on": office.today + timedelta(days=1)}, "晚于今天"),
        ({"on": office.today - timedelta(days=3)}, "不能更早"),
        ({"percent": 101}, "0 至 100"),
        ({"link": "javascript:alert(1)"}, "佐证网址"),
        ({"link": "//evil.example/"}, "佐证网址"),
    ):
        with pytest.raises(PointRefused, match=words):
            office.check_in(point, **given)
    with pytest.raises(UploadRefused):
        office.check_in(point, data=b"MZ\x90\x00", name="目录.pdf")
    assert point.check_ins.count() == 1


def test_another_person_confirms(office):
    point = office.point()
    with pytest.raises(PointRefused, match="还没有填报完成"):
        services.confirm_point(point=point, by=office.head, passed=True, note="看过")
    office.complete(point, by=office.head)

    with pytest.raises(PointRefused, match="不能自己确认"):
        services.confirm_point(point=point, by=office.head, passed=True, note="看过")
    other = make.holder(office.organ, Role.SUPERVISOR)
    with pytest.raises(PointRefused, match="确认意见"):
        services.confirm_point(point=point, by=other, passed=True, note=" ")
    done = services.confirm_point(point=point, by=other, passed=True, note="看了目录页")

    assert (done.state, done.closed_by, done.closed_on) == (WorkPoint.State.DONE, other, office.today)
    with pytest.raises(PointRefused, match="已完成"):
        office.check_in(point)
    assert Event.objects.filter(action="workpoint.done").count() == 1


def test_what_goes_back_is_reported_again(office):
    point = office.point()
    office.complete(point)
    services.confirm_point(point=point, by=office.head, passed=False, note="缺两项")

    with pytest.raises(PointRefused, match="还没有填报完成"):
        services.confirm_point(point=point, by=office.head, passed=True, note="再看")
    office.complete(point, note="已补齐")
    done = services.confirm_point(point=point, by=office.head, passed=True, note="已齐")

    assert (done.state, done.returned_note) == (WorkPoint.State.DONE, "")


def test_a_confirmed_point_is_opened_again_with_a_reason(client, office):
    point = office.point()
    office.complete(point)
    with pytest.raises(PointRefused, match="已确认完成"):
        services.reopen_point(point=point, by=office.head, reason="佐证失效")
    services.confirm_point(point=point, by=office.head, passed=True, note="看过")
    with pytest.raises(PointRefused, match="原因"):
        services.reopen_point(point=point, by=office.head, reason=" ")
    with pytest.raises(PermissionDenied):
        services.reopen_point(point=point, by=office.officer, reason="佐证失效")
    client.force_login(office.head)
    client.post(reverse("supervision:reopen_point", args=[point.pk]), {"reason": "佐证网页打不开了"})

    point.refresh_from_db()
    assert (point.state, point.closed_on) == (WorkPoint.State.OPEN, None)
    assert "佐证网页打不开了" in client.get(reverse("supervision:point", args=[point.pk])).content.decode()
    with pytest.raises(PointRefused, match="还没有填报完成"):
        services.confirm_point(point=point, by=office.head, passed=True, note="看过")


def test_a_dropped_point_keeps_its_reason_and_a_changed_one_its_past(office):
    point = office.point()
    services.change_point(
        point=point,
        by=office.clerk,
        text="改过的任务",
        department=office.department,
        due_on=None,
        interval_months=1,
    )
    with pytest.raises(PointRefused, match="原因"):
        services.drop_point(point=point, by=office.clerk, reason="")
    done = services.drop_point(point=point, by=office.clerk, reason="上级文件调整")

    assert (done.text, done.interval_months, done.closing_note) == ("改过的任务", 1, "上级文件调整")
    assert "公开重大行政决策事项目录" in Event.objects.get(action="workpoint.changed").data


def test_missed_check_ins_and_late_points_are_on_the_desk_in_red(office):
    plan = office.plan(issued_on=office.today - timedelta(days=120))
    going = office.point(plan, due_on=None, interval_months=3)
    far = office.point(plan, number="2", interval_months=None, due_on=date(office.year + 1, 12, 31))
    ready = office.complete(office.point(plan, number="3")).point

    lines = {one.url: one for one in contributed_lines(office.officer, office.today) if "要点" in one.text}

    missed = lines[reverse("supervision:point", args=[going.pk])]
    assert missed.text.startswith("报送要点进展：1")
    assert missed.is_overdue(office.today)
    assert missed.mine
    assert reverse("supervision:point", args=[far.pk]) not in lines
    assert not lines[reverse("supervision:point", args=[ready.pk])].mine
    head = {one.url: one for one in contributed_lines(office.head, office.today) if "确认要点" in one.text}
    assert head[reverse("supervision:point", args=[ready.pk])].mine
    rows = point_selectors.year_of(office.clerk, office.year, office.today)[0]
    assert next(row.standing for row in rows.rows) is PointStanding.MISSED
    assert (rows.counts.late, rows.counts.total) == (1, 3)


def test_the_board_shows_late_points_and_not_those_far_off(office):
    plan = office.plan(issued_on=office.today - timedelta(days=120))
    office.point(plan, due_on=None, interval_months=3)
    office.point(plan, number="2", due_on=date(office.year + 1, 12, 31))
    before = office.plan(year=office.year - 1)
    office.complete(office.point(before, number="3", due_on=date(office.year - 1, 6, 30)))

    found = own.points_due([office.organ], office.today)

    assert [(one.text[:1], one.standing) for one in found] == [("3", Standing.LATE), ("1", Standing.LATE)]
    assert not own.points_due([make.organ()], office.today)


@pytest.mark.parametrize("act", ["plan", "add", "change", "drop", "check_in", "confirm", "import"])
def test_who_lacks_the_role_is_refused_by_the_service(office, act):
    point, nobody = office.point(), make.holder(office.organ, Role.PROOFREADER)
    limits = {"due_on": date(office.year, 12, 31), "interval_months": None}
    acts = {
        "plan": lambda: services.make_plan(
            organ=office.organ, by=nobody, year=2026, title="要点", issued_by="县", issued_on=office.today
        ),
        "add": lambda: services.add_point(
            plan=point.plan, by=nobody, number="2", text="任务", department=office.department, **limits
        ),
        "change": lambda: services.change_point(
            point=point, by=nobody, text="任务", department=office.department, **limits
        ),
        "drop": lambda: services.drop_point(point=point, by=nobody, reason="调整"),
        "check_in": lambda: office.check_in(point, by=nobody),
        "confirm": lambda: services.confirm_point(point=point, by=office.officer, passed=True, note="看过"),
        "import": lambda: services.import_points(plan=point.plan, by=nobody, content=b"x"),
    }

    with pytest.raises(PermissionDenied):
        acts[act]()


class TestImport:
    """Points of a sheet."""

    def sheet(self, *rows: tuple[str, ...]) -> bytes:
        return xlsx(HEADINGS, rows, sheet="要点")

    def test_a_sheet_is_taken_with_limits_as_lists_word_them(self, office):
        plan = office.plan()
        rows = (
            ("一（1）", "编制目录", "党政办公室", "6月底前", ""),
            ("一（2）", "更新专题", "党政办公室", "持续推进", "每月"),
            ("二", "开放日", "党政办公室", f"{office.year}-09-30", ""),
            ("三", "长期任务", "党政办公室", "持续推进", ""),
        )

        done = services.import_points(plan=plan, by=office.clerk, content=self.sheet(*rows))

        assert (done.rows, done.faults) == (4, [])
        assert list(plan.points.values_list("number", "due_on", "interval_months")) == [
            ("一（1）", date(office.year, 6, 30), None),
            ("一（2）", None, 1),
            ("二", date(office.year, 9, 30), None),
            ("三", None, 3),
        ]

    def test_one_faulty_row_and_nothing_is_taken(self, office):
        plan = office.plan()
        office.point(plan)
        rows = (
            ("1", "编制目录", "党政办公室", "6月底前", ""),
            ("2", "", "财政局", "尽快", ""),
            ("3", "更新专题", "党政办公室", "持续推进", "每周"),
            ("4", "好的一行", "党政办公室", "年底前", ""),
            ("5", "早已过去", "党政办公室", "2001-01-01", ""),
        )

        done = services.import_points(plan=plan, by=office.clerk, content=self.sheet(*rows))

        assert [(one.row, one.column) for one in done.faults] == [
            (2, "序号"), (3, "工作任务"), (3, "责任部门"), (3, "完成时限"), (4, "报送间隔"), (6, "完成时限"),
        ]  # fmt: skip
        assert (done.rows, plan.points.count()) == (0, 1)

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"  ", "空的"),
            (b"PK\x03\x04 broken", "损坏"),
            ("序号,任务\n1,x\n".encode(), "缺少列“工作任务”“责任部门”“完成时限”，不认识列“任务”"),
            ("序号,工作任务,责任部门,完成时限\n,,,\n".encode(), "没有数据行"),
            (b"x" * (5 * 1024 * 1024 + 1), "5 MB"),
        ],
    )
    def test_a_file_that_is_no_list_is_refused(self, office, content, words):
        with pytest.raises(PointRefused, match=words):
            services.import_points(plan=office.plan(), by=office.clerk, content=content)


def test_the_course_on_the_screens(client, office):
    client.force_login(office.clerk)
    assert "还没有登记工作要点" in client.get(reverse("supervision:points")).content.decode()
    sent = {
        "year": office.year, "title": "政务公开工作要点", "document_number": "", "issued_by": "县政府办",
        "issued_on": office.today,
    }  # fmt: skip
    bad = client.post(
        reverse("supervision:make_plan"), sent | {"issued_on": office.today + timedelta(days=9)}
    )
    assert bad.status_code == 422
    assert "县政府办" in bad.content.decode()
    client.post(reverse("supervision:make_plan"), sent)
    plan = WorkPlan.objects.get()
    add = reverse("supervision:add_point", args=[plan.pk])
    task = {"number": "1", "text": "编制目录", "department": office.department.pk}
    wrong = client.post(add, task)
    assert wrong.status_code == 422
    assert "编制目录" in wrong.content.decode()
    client.post(add, task | {"interval_months": "3"})
    point = WorkPoint.objects.get()
    client.post(
        reverse("supervision:change_point", args=[point.pk]),
        task | {"text": "编制决策目录", "due_on": date(office.year, 12, 31)},
    )
    client.force_login(office.officer)
    fill = reverse("supervision:check_in", args=[point.pk])
    done = {"on": office.today, "percent": 100, "note": "已公开", "link": ""}
    assert client.post(fill, done).status_code == 422
    client.post(fill, done | {"file": SimpleUploadedFile("目录.txt", "目录".encode())})
    shown = client.get(reverse("supervision:point", args=[point.pk])).content.decode()
    assert "填报人不能自己确认" in shown
    kept = point.check_ins.get().files.get()
    got = client.get(reverse("supervision:point_evidence", args=[point.pk, kept.pk]))
    assert got.content.decode() == "目录"
    client.force_login(office.head)
    confirm = reverse("supervision:confirm_point", args=[point.pk])
    assert client.post(confirm, {"passed": "1", "note": ""}).status_code == 422
    client.post(confirm, {"passed": "1", "note": "看了目录"})

    point.refresh_from_db()
    assert (point.text, point.state) == ("编制决策目录", WorkPoint.State.DONE)
    year = client.get(reverse("supervision:points")).content.decode()
    assert "1 / 1 完成" in year
    book = openpyxl.load_workbook(BytesIO(client.get(reverse("supervision:export_points")).content))
    assert list(book.active.iter_rows(values_only=True))[1][5:8] == ("已完成", "100%", "已公开")


def test_importing_and_dropping_on_the_screens(client, office):
    plan = office.plan()
    client.force_login(office.clerk)
    url = reverse("supervision:import_points", args=[plan.pk])
    filled = openpyxl.load_workbook(BytesIO(client.get(reverse("supervision:point_template")).content))
    assert [cell.value for cell in filled.active[1]] == list(HEADINGS)
    csv = "序号,工作任务,责任部门,完成时限\n1,编制目录,{},年底前\n"
    wrong = client.post(url, {"file": SimpleUploadedFile("要点.csv", csv.format("财政局").encode())})
    assert wrong.status_code == 422
    assert "第 2 行" in wrong.content.decode()
    assert client.post(url, {"file": SimpleUploadedFile("要点.csv", b"x")}).status_code == 422
    client.post(url, {"file": SimpleUploadedFile("要点.csv", csv.format("党政办公室").encode())})
    point = plan.points.get()
    client.post(reverse("supervision:drop_point", args=[point.pk]), {"reason": "上级文件调整"})

    assert "上级文件调整" in client.get(reverse("supervision:point", args=[point.pk])).content.decode()


ON_A_POINT = ["point", "reopen_point", "change_point", "check_in", "confirm_point", "drop_point"]
ON_A_PLAN = ["add_point", "import_points"]


@pytest.mark.parametrize(
    "name", ["points", "make_plan", "export_points", "point_template", *ON_A_PLAN, *ON_A_POINT]
)
def test_people_without_a_role_see_nothing(client, office, name):
    point = office.point()
    client.force_login(make.holder(make.organ(), Role.PROOFREADER))
    args = [point.pk] if name in ON_A_POINT else [point.plan_id] if name in ON_A_PLAN else []

    assert client.get(reverse(f"supervision:{name}", args=args)).status_code in {302, 403, 404}


@pytest.mark.parametrize("name", ["make_plan", *ON_A_PLAN, "change_point", "confirm_point", "drop_point"])
def test_an_information_officer_only_fills_in(client, office, name):
    point = office.point()
    client.force_login(office.officer)
    args = [point.pk] if name in ON_A_POINT else [point.plan_id] if name in ON_A_PLAN else []

    assert client.get(reverse(f"supervision:{name}", args=args)).status_code in {302, 403}
