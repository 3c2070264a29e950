"""Trainings: planned, held with a roll, tested; a year's register. Source: 条例 Art. 48."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
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
from gongkai.agencies.waiting import contributed_lines
from gongkai.audit.models import Event
from gongkai.releasefiles.errors import UploadRefused
from gongkai.supervision import services, training_selectors
from gongkai.supervision.errors import TrainingRefused
from gongkai.supervision.models import Attempt, Training

pytestmark = pytest.mark.django_db


class Office:
    """An organ with a department, somebody who organises and two who are trained."""

    def __init__(self) -> None:
        self.organ = make.organ()
        self.department = Department.objects.create(organ=self.organ, name="党政办公室")
        self.clerk = make.holder(self.organ, Role.DISCLOSURE_OFFICE, name="经办")
        self.officer = make.holder(self.organ, Role.INFORMATION_OFFICER, name="甲")
        self.reviewer = make.holder(self.organ, Role.FIRST_REVIEWER, name="乙")
        self.today = timezone.localdate()

    @property
    def given(self) -> dict:
        return {
            "subject": "公开属性怎样认定", "kind": "work", "held_on": self.today, "place": "二楼会议室",
            "hours": Decimal("2.5"), "pass_mark": 60,
        }  # fmt: skip

    def plan(self, **more) -> Training:
        sent = {"organ": self.organ, "by": self.clerk, "departments": [self.department], **self.given, **more}
        return services.plan_training(**sent)

    def hold(
        self, roll: str = "甲｜党政办公室\n乙｜｜请假｜出差\n丙", training: Training | None = None
    ) -> Training:
        return services.hold_training(training=training or self.plan(), by=self.clerk, roll=roll)

    def ask(self, training: Training, answer: str = "A", **more):
        given = {"kind": "single", "text": "几日内公开？", "options": ["20个工作日", "30日"], **more}
        return services.add_question(training=training, by=self.clerk, answer=answer, **given)


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_training_counts_as_held_with_its_roll_only(office):
    made = office.plan()

    with pytest.raises(TrainingRefused, match="没有人出席"):
        office.hold("甲｜｜请假｜出差", made)
    made.refresh_from_db()
    assert (made.state, made.roll.count()) == ("planned", 0)
    done = office.hold(training=made)

    assert done.state == Training.State.HELD
    assert [(one.name, one.presence, one.person) for one in done.roll.order_by("pk")] == [
        ("甲", "attended", office.officer),
        ("乙", "leave", office.reviewer),
        ("丙", "attended", None),
    ]
    assert Event.objects.filter(action="training.held").count() == 1


def test_a_roll_sent_again_corrects_and_adds_and_loses_nobody(office):
    done = office.hold()

    office.hold("乙｜｜出席\n丁", done)

    assert {one.name: one.presence for one in done.roll.all()} == {
        "甲": "attended", "乙": "attended", "丙": "attended", "丁": "attended",
    }  # fmt: skip


def test_a_department_written_later_or_left_out_makes_no_second_person(office):
    done = office.hold("甲\n丙｜党政办公室")

    office.hold("甲｜党政办公室\n丙", done)

    assert [(one.name, str(one.department)) for one in done.roll.order_by("pk")] == [
        ("甲", "党政办公室"),
        ("丙", "党政办公室"),
    ]


def test_two_people_of_one_name_in_two_departments_are_two(office):
    Department.objects.create(organ=office.organ, name="规划建设局")
    done = office.hold("戊｜党政办公室\n戊｜规划建设局\n戊")

    assert done.roll.count() == 3


def test_what_a_roll_cannot_say_is_refused_whole(office):
    made = office.plan()

    with pytest.raises(TrainingRefused, match="第 2 行丙请假"):
        office.hold("甲\n丙｜｜请假", made)
    with pytest.raises(TrainingRefused, match="没有部门“财政局”"):
        office.hold("甲｜财政局", made)
    with pytest.raises(TrainingRefused, match="还没有到"):
        office.hold("甲", office.plan(held_on=office.today + timedelta(days=1)))
    assert made.roll.count() == 0


def test_two_of_one_name_are_no_account(office):
    make.holder(office.organ, Role.PROOFREADER, name="甲")

    assert office.hold("甲").roll.get().person is None


def test_hours_and_departments_are_checked(office):
    other = Department.objects.create(organ=make.organ(), name="别的部门")

    with pytest.raises(TrainingRefused, match="不属于"):
        office.plan(departments=[other])
    with pytest.raises(TrainingRefused, match="学时"):
        office.plan(hours=Decimal(0))


def test_what_was_held_is_corrected_and_its_past_stands_in_the_log(office):
    done = office.hold()
    question = office.ask(done)
    services.sit_test(training=done, by=office.officer, answers={question.pk: "A"})

    for given, words in (
        ({"held_on": office.today + timedelta(days=1)}, "晚于今天"),
        ({"pass_mark": 90}, "合格分数"),
    ):
        with pytest.raises(TrainingRefused, match=words):
            services.change_training(training=done, by=office.clerk, **(office.given | given))
    changed = services.change_training(
        training=done, by=office.clerk, **(office.given | {"subject": "更正后的主题"})
    )

    assert (changed.state, changed.subject) == (Training.State.HELD, "更正后的主题")
    assert "公开属性怎样认定" in Event.objects.get(action="training.changed").data


def test_one_entered_as_held_by_mistake_is_taken_out(office):
    done = office.hold()
    services.cancel_training(training=done, by=office.clerk, reason="重复登记")

    totals = training_selectors.year_totals(training_selectors.trainings_for(office.clerk))
    assert (totals.trainings, totals.person_times) == (0, 0)
    with pytest.raises(TrainingRefused, match="已取消"):
        services.change_training(training=done, by=office.clerk, **office.given)


def test_a_cancelled_training_keeps_its_reason_and_does_not_count(office):
    made = office.plan()
    with pytest.raises(TrainingRefused, match="原因"):
        services.cancel_training(training=made, by=office.clerk, reason=" ")
    services.cancel_training(training=made, by=office.clerk, reason="讲师临时有事")

    totals = training_selectors.year_totals(training_selectors.trainings_for(office.clerk))
    assert totals.trainings == 0
    with pytest.raises(TrainingRefused, match="已取消"):
        office.hold("甲", made)


def test_material_is_looked_at_by_its_content(office):
    made = office.plan()

    kept = services.add_material(
        training=made, by=office.clerk, title="", data="讲稿".encode(), name="讲稿.txt"
    )
    with pytest.raises(UploadRefused):
        services.add_material(training=made, by=office.clerk, title="", data=b"MZ\x90\x00", name="讲稿.pdf")

    assert (kept.download_name, kept.size_bytes) == ("讲稿.txt", 6)
    with kept.file.open("rb") as stream:
        assert stream.read().decode() == "讲稿"
    with open(kept.file.path, "rb") as raw:
        assert "讲稿".encode() not in raw.read()


def test_the_test_is_scored_at_once_and_every_try_is_kept(office):
    done = office.hold()
    one, two = office.ask(done), office.ask(done, "对", kind="true_false", text="先审查后公开", options=[])
    three = office.ask(done, "AB", kind="multiple", text="哪些要公开", options=["法规", "规划", "内部通讯录"])

    first = services.sit_test(
        training=done, by=office.officer, answers={one.pk: "B", two.pk: "对", three.pk: "A"}
    )
    second = services.sit_test(
        training=done, by=office.officer, answers={one.pk: "A", two.pk: "对", three.pk: "BA"}
    )

    assert (first.score, first.passed, first.number) == (33, False, 1)
    assert (second.score, second.passed, second.number) == (100, True, 2)
    result = training_selectors.results_of(done)[0]
    assert (result.tries, result.best, result.says) == (2, 100, "第 2 次合格")
    with pytest.raises(TrainingRefused, match="已经合格"):
        services.sit_test(training=done, by=office.officer, answers={})
    with pytest.raises(TrainingRefused, match="不能再改"):
        office.ask(done)
    with pytest.raises(TrainingRefused, match="不能再改"):
        services.drop_question(question=one, by=office.clerk)


def test_the_pass_mark_is_the_trainings_own(office):
    done = office.hold(training=office.plan(pass_mark=50))
    one, two = office.ask(done), office.ask(done, "B")

    assert services.sit_test(training=done, by=office.officer, answers={one.pk: "A", two.pk: "A"}).passed


def test_who_may_sit_the_test(office):
    planned = office.plan()
    question = office.ask(planned)
    with pytest.raises(TrainingRefused, match="登记签到以后"):
        services.sit_test(training=planned, by=office.officer, answers={question.pk: "A"})
    done = office.hold(training=planned)
    with pytest.raises(TrainingRefused, match="签到名单"):
        services.sit_test(training=done, by=office.clerk, answers={question.pk: "A"})
    with pytest.raises(TrainingRefused, match="第 1 题还没有作答"):
        services.sit_test(training=done, by=office.officer, answers={question.pk: "？"})
    with pytest.raises(TrainingRefused, match="没有测试题"):
        services.sit_test(training=office.hold(), by=office.officer, answers={})

    assert services.sit_test(training=done, by=office.reviewer, answers={question.pk: "A"}).passed
    assert Attempt.objects.count() == 1


def test_a_question_taken_out_is_not_asked(office):
    done = office.hold()
    kept, dropped = office.ask(done), office.ask(done, "B", text="撤下的题")
    services.drop_question(question=dropped, by=office.clerk)

    assert services.sit_test(training=done, by=office.officer, answers={kept.pk: "A"}).total == 1


@pytest.mark.parametrize("act", ["plan", "hold", "cancel", "question", "material", "change", "drop"])
def test_only_those_who_organise_act(office, act):
    made = office.plan()
    acts = {
        "plan": lambda: office.plan(by=office.officer),
        "change": lambda: services.change_training(training=made, by=office.officer, **office.given),
        "hold": lambda: services.hold_training(training=made, by=office.officer, roll="甲"),
        "cancel": lambda: services.cancel_training(training=made, by=office.officer, reason="改期"),
        "question": lambda: services.add_question(
            training=made, by=office.officer, kind="single", text="题", options=["甲", "乙"], answer="A"
        ),
        "material": lambda: services.add_material(
            training=made, by=office.officer, title="", data=b"x", name="x.txt"
        ),
        "drop": lambda: services.drop_question(question=office.ask(made), by=office.officer),
    }

    with pytest.raises(PermissionDenied):
        acts[act]()


def test_people_of_another_organ_do_not_sit(office):
    done = office.hold()
    question = office.ask(done)

    with pytest.raises(PermissionDenied):
        services.sit_test(
            training=done, by=make.holder(make.organ(), Role.PROOFREADER), answers={question.pk: "A"}
        )


def test_the_desk_tells_of_rolls_and_tests(office):
    late = office.plan(held_on=office.today - timedelta(days=3), subject="没有登记签到的")
    done = office.hold()
    question = office.ask(done)

    clerk = [one for one in contributed_lines(office.clerk, office.today) if "培训" in one.text]
    officer = [one for one in contributed_lines(office.officer, office.today) if "培训" in one.text]
    assert [(one.text, one.due_on) for one in clerk] == [("登记培训签到：没有登记签到的", late.held_on)]
    assert [one.text for one in officer] == ["参加培训测试：公开属性怎样认定"]
    services.sit_test(training=done, by=office.officer, answers={question.pk: "A"})
    assert not [one for one in contributed_lines(office.officer, office.today) if "培训" in one.text]


def test_the_course_on_the_screens(client, office):
    client.force_login(office.clerk)
    sent = office.given | {"departments": [office.department.pk]}
    bad = client.post(reverse("supervision:plan_training"), sent | {"hours": "0"})
    assert bad.status_code == 422
    assert "公开属性怎样认定" in bad.content.decode()
    client.post(reverse("supervision:plan_training"), sent)
    made = Training.objects.get()
    at = {"args": [made.pk]}
    changed = reverse("supervision:change_training", **at)
    assert "二楼会议室" in client.get(changed).content.decode()
    client.post(changed, sent | {"place": "三楼会议室"})
    hold = reverse("supervision:hold_training", **at)
    assert "甲｜｜出席" in client.get(hold).content.decode()
    wrong = client.post(hold, {"roll": "甲｜｜迟到", "minutes": "讲了公开属性"})
    assert wrong.status_code == 422
    assert "讲了公开属性" in wrong.content.decode()
    client.post(hold, {"roll": "甲\n丙", "minutes": "讲了公开属性"})
    file = SimpleUploadedFile("讲稿.txt", "讲稿".encode())
    client.post(reverse("supervision:add_material", **at), {"title": "第一讲", "file": file})
    question = {"kind": "multiple", "text": "哪些要公开", "options": "法规\n规划\n通讯录", "answer": "AB"}
    client.post(reverse("supervision:add_question", **at), question)
    shown = client.get(reverse("supervision:training", **at)).content.decode()
    for words in ("三楼会议室", "讲了公开属性", "第一讲", "A. 法规", "没有账号"):
        assert words in shown
    kept = made.materials.get()
    got = client.get(reverse("supervision:training_material", args=[made.pk, kept.pk]))
    assert got.content.decode() == "讲稿"

    client.force_login(office.officer)
    asked = made.questions.get()
    shown = client.get(reverse("supervision:training", **at)).content.decode()
    assert "参加测试" in shown
    assert "A. 法规" not in shown
    sit = reverse("supervision:sit_test", **at)
    assert client.post(sit, {}).status_code == 422
    client.post(sit, {f"q{asked.pk}": ["A"]})
    client.post(sit, {f"q{asked.pk}": ["A", "B"]})
    assert list(Attempt.objects.values_list("score", "passed")) == [(0, False), (100, True)]
    assert client.get(sit).status_code == 302
    assert "答案：AB" in client.get(reverse("supervision:training", **at)).content.decode()

    client.force_login(office.clerk)
    year = client.get(reverse("supervision:trainings")).content.decode()
    assert "100.0%" in year
    book = openpyxl.load_workbook(BytesIO(client.get(reverse("supervision:export_trainings")).content))
    assert list(book.active.iter_rows(values_only=True))[-1][:2] == ("合计", "已举办 1 次")
    book = openpyxl.load_workbook(BytesIO(client.get(reverse("supervision:training_results", **at)).content))
    assert list(book.active.iter_rows(values_only=True))[1] == (
        "甲", "", "出席", "", "2", "100", "第 2 次合格",
    )  # fmt: skip


def test_cancelling_and_taking_a_question_out_on_the_screens(client, office):
    made = office.plan()
    asked = office.ask(made)
    client.force_login(office.clerk)
    drop = reverse("supervision:drop_question", args=[made.pk, asked.pk])
    assert asked.text in client.get(drop).content.decode()
    client.post(drop)
    client.post(reverse("supervision:cancel_training", args=[made.pk]), {"reason": "讲师临时有事"})

    made.refresh_from_db()
    asked.refresh_from_db()
    assert made.state == Training.State.CANCELLED
    assert asked.dropped_at is not None
    assert "讲师临时有事" in client.get(reverse("supervision:training", args=[made.pk])).content.decode()


ORGANISED = [
    "change_training",
    "hold_training",
    "cancel_training",
    "add_material",
    "add_question",
    "training_results",
]


@pytest.mark.parametrize("name", ["plan_training", "export_trainings", *ORGANISED])
def test_the_trained_do_not_organise(client, office, name):
    made = office.plan()
    client.force_login(office.officer)

    answer = client.get(reverse(f"supervision:{name}", args=[made.pk] if name in ORGANISED else []))

    assert answer.status_code in {302, 403}


@pytest.mark.parametrize("name", ["training", *ORGANISED, "sit_test"])
def test_people_of_another_organ_find_nothing(client, office, name):
    made = office.plan()
    client.force_login(make.holder(make.organ(), Role.DISCLOSURE_OFFICE))

    assert client.get(reverse(f"supervision:{name}", args=[made.pk])).status_code in {302, 403, 404}
