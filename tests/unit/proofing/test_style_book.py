"""The office's style book: what is taken, what is refused, which version holds on which day."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.audit.models import Event
from gongkai.core.proofreading import check
from gongkai.proofing import services
from gongkai.proofing.errors import ProofRefused
from gongkai.proofing.models import StyleEntry
from gongkai.proofing.style_book import book_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def organ():
    return factories.organ()


def values(**given):
    return {
        "kind": "wording",
        "wrong": "园区管委",
        "right": "园区管委会",
        "severity": "error",
        "reason": "机关简称以编制文件为准",
        "unless": "园区管委会",
        "must_find": "由园区管委负责。",
        "must_not_find": "由园区管委会负责。",
        "in_force_from": TODAY,
        **given,
    }


def add(organ, actor=None, **given):
    actor = actor or factories.reviewer(organ, Role.PROOFREADER)
    return services.add_entry(organ=organ, actor=actor, values=values(**given))


def found(organ, text, on=TODAY):
    return [
        each.quote for each in check(text, on=on, style=book_of(organ, on).style) if each.rule == "ST-BOOK"
    ]


def test_an_entry_is_found_at_its_organ_and_below_it_only(organ):
    below, other = factories.organ(superior=organ), factories.organ()
    add(organ)

    text = "这项工作由园区管委负责。"
    assert (found(organ, text), found(below, text), found(other, text)) == (["园区管委"], ["园区管委"], [])
    assert found(organ, "这项工作由园区管委会负责。") == []


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"wrong": " "}, "不能是空的"),
        ({"wrong": "园"}, "几乎在每篇文稿中都会出现"),
        ({"wrong": "的，"}, "几乎在每篇文稿中都会出现"),
        ({"right": "园区管委"}, "相同"),
        ({"must_find": "这里没有。"}, "没有找到"),
        ({"must_not_find": "归园区管委管。"}, "误报了例句"),
        ({"must_find": ""}, "至少一个例句"),
        ({"must_not_find": " \n"}, "至少一个例句"),
        ({"reason": " "}, "理由"),
        ({"kind": "white", "wrong": "的"}, "几乎在每篇文稿中都会出现"),
    ],
)
def test_an_entry_that_finds_everything_or_fails_its_samples_is_refused(organ, given, why):
    with pytest.raises(ProofRefused, match=why):
        add(organ, **given)
    assert not StyleEntry.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_proofreader_final_reviewer_and_head_keep_the_book(organ, role):
    person = factories.holder(organ, role)
    if role in {Role.PROOFREADER, Role.FINAL_REVIEWER, Role.DISCLOSURE_HEAD}:
        assert add(organ, person).version == 1
        return
    with pytest.raises(AccessDenied):
        add(organ, person)


def test_a_change_is_a_new_version_and_the_old_one_still_explains_its_days(organ):
    old = add(organ, in_force_from=date(2026, 1, 1))
    actor = factories.reviewer(organ, Role.FINAL_REVIEWER)

    new = services.revise_entry(
        entry=old, actor=actor, values=values(severity="serious", in_force_from=TODAY)
    )

    old.refresh_from_db()
    assert (new.version, new.replaces, old.no_longer_from) == (2, old, TODAY)
    before = book_of(organ, TODAY - timedelta(days=1))
    assert [entry.severity.value for entry in before.style.entries] == ["error"]
    assert [entry.severity.value for entry in book_of(organ, TODAY).style.entries] == ["serious"]
    assert before.version != book_of(organ, TODAY).version
    with pytest.raises(ProofRefused, match="已停用或者已有新版"):
        services.revise_entry(entry=old, actor=actor, values=values())
    assert list(Event.objects.filter(action__startswith="style.").values_list("action", flat=True)) == [
        "style.added",
        "style.revised",
    ]


def test_an_ended_entry_is_found_no_more_and_stays_on_record(organ):
    entry = add(organ)
    services.end_entry(entry=entry, actor=factories.reviewer(organ, Role.PROOFREADER))

    assert found(organ, "由园区管委负责。") == []
    assert StyleEntry.objects.get().no_longer_from == TODAY
    assert add(organ).pk != entry.pk


def test_the_same_wording_is_not_entered_twice(organ):
    add(organ)
    with pytest.raises(ProofRefused, match="已有“园区管委”"):
        add(organ)


def test_a_white_word_is_found_in_no_more(organ):
    text = "咨询电话0510-80000000，联系人手机13800138000。"
    rules = {each.quote for each in check(text, on=TODAY)}
    add(organ, kind="white", wrong="13800138000", reason="已公布的值班电话")

    left = {each.quote for each in check(text, on=TODAY, style=book_of(organ, TODAY).style)}
    assert "13800138000" in rules
    assert "13800138000" not in left


def test_the_book_is_kept_on_its_screens(organ):
    desk = Client()
    desk.force_login(factories.reviewer(organ, Role.PROOFREADER))
    given = values(organ=organ.pk, in_force_from=TODAY.isoformat())

    refused = desk.post(reverse("proofing:add"), {**given, "must_find": "没有。"})
    assert (refused.status_code, "没有找到" in refused.content.decode()) == (422, True)
    desk.post(reverse("proofing:add"), given)
    entry = StyleEntry.objects.get()
    desk.post(reverse("proofing:entry", args=[entry.pk]), {**given, "reason": "三定方案"})
    listed = desk.get(reverse("proofing:book")).content.decode()
    assert "三定方案" in listed
    assert "机关简称以编制文件为准" not in listed
    assert "机关简称以编制文件为准" in desk.get(reverse("proofing:book") + "?banben=quanbu").content.decode()
    desk.post(reverse("proofing:end", args=[StyleEntry.objects.get(version=2).pk]))
    assert "还没有条目" in desk.get(reverse("proofing:book")).content.decode()


def test_others_see_the_book_or_nothing(organ):
    add(organ)
    entry = StyleEntry.objects.get()
    editor, stranger = Client(), Client()
    editor.force_login(factories.editor(organ))
    stranger.force_login(factories.reviewer(factories.organ(), Role.PROOFREADER))

    shown = editor.get(reverse("proofing:entry", args=[entry.pk]))
    assert (shown.status_code, "存为新版" in shown.content.decode()) == (200, False)
    assert editor.get(reverse("proofing:add")).status_code in {302, 403}
    assert stranger.get(reverse("proofing:entry", args=[entry.pk])).status_code in {302, 403}


# ---- people and laws


def person(organ, **given):
    actor = factories.reviewer(organ, Role.PROOFREADER)
    return services.add_entry(
        organ=organ,
        actor=actor,
        values={"kind": "person", "wrong": "张建国", "right": "管委会主任", "reason": "任命文件",
                "in_force_from": TODAY, **given},
    )  # fmt: skip


def rules(organ, text, on=TODAY):
    return [each.rule for each in check(text, on=on, style=book_of(organ, on).style)]


def test_a_person_of_the_list_is_looked_for_in_every_text(organ):
    person(organ)
    assert "TM-07" in rules(organ, "管委会主任张建园主持会议。")
    assert "TM-07" not in rules(organ, "管委会主任张建国主持会议。")
    assert "TM-07" not in rules(factories.organ(), "管委会主任张建园主持会议。")


def test_one_person_may_hold_several_posts_but_each_once(organ):
    person(organ)
    person(organ, right="党工委副书记")
    with pytest.raises(ProofRefused, match="已有“张建国”"):
        person(organ)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"right": " "}, "姓名（至少两个字）和职务"),
        ({"wrong": "张"}, "姓名（至少两个字）和职务"),
        (
            {"valid_from": date(2024, 1, 1), "valid_to": date(2023, 1, 1)},
            "离任日期（2023-01-01）应当晚于任职日期",
        ),
        ({"reason": ""}, "请写明理由"),
    ],
)
def test_an_unclear_person_is_refused(organ, given, why):
    with pytest.raises(ProofRefused, match=why):
        person(organ, **given)


def test_a_law_of_the_table_is_looked_for(organ):
    actor = factories.reviewer(organ, Role.PROOFREADER)
    values = {"kind": "law", "wrong": "《政府信息公开条例》", "right": "", "reason": "国令第711号", "number": 56,
              "in_force_from": TODAY}  # fmt: skip
    made = services.add_entry(organ=organ, actor=actor, values=values)
    assert (made.wrong, made.severity) == ("政府信息公开条例", "hint")
    assert "LW-90" in rules(organ, "依据《政府信息公开条例》第六十条。")
    with pytest.raises(ProofRefused, match="失效日期（2020-01-01）应当晚于施行日期"):
        services.add_entry(
            organ=organ,
            actor=actor,
            values={
                **values,
                "wrong": "渡口管理办法",
                "valid_from": date(2021, 1, 1),
                "valid_to": date(2020, 1, 1),
            },
        )


def test_the_book_knows_the_bodies_around_an_organ(organ):
    above = factories.organ(name="示例县人民政府", short_name="县政府")
    own = factories.organ(superior=above, name="示例工业园区管委会")
    factories.organ(name="别处管委会")
    known = book_of(own, TODAY).style.known.bodies
    assert {"示例县人民政府", "县政府", "示例工业园区管委会"} <= known
    assert "别处管委会" not in known
    assert book_of(own, TODAY).for_reprints.style.known.bodies == frozenset()
    assert book_of(own, TODAY).for_reprints.version != book_of(own, TODAY).version


def test_each_kind_has_its_own_form(organ):
    client = Client()
    client.force_login(factories.reviewer(organ, Role.PROOFREADER))
    shown = client.get(reverse("proofing:add"), {"lei": "person"}).content.decode()
    assert "任职日期" in shown
    assert "应当查出的例句" not in shown
    assert "条数" in client.get(reverse("proofing:add"), {"lei": "law"}).content.decode()

    given = {"kind": "person", "organ": organ.pk, "wrong": "张建国", "right": "", "reason": "任命文件",
             "in_force_from": f"{TODAY}"}  # fmt: skip
    refused = client.post(reverse("proofing:add"), given)
    assert refused.status_code == 422
    assert "张建国" in refused.content.decode()
    client.post(
        reverse("proofing:add"), {**given, "right": "管委会主任", "number": "1", "valid_to": "2030-01-01"}
    )
    made = StyleEntry.objects.get()
    assert (made.right, made.number, made.valid_to) == ("管委会主任", 1, date(2030, 1, 1))

    listed = client.get(reverse("proofing:book"), {"lei": "person"}).content.decode()
    assert "至 2030-01-01" in listed
    assert "张建国" not in client.get(reverse("proofing:book"), {"lei": "law"}).content.decode()
    client.post(reverse("proofing:entry", args=[made.pk]), {**given, "right": "党工委书记"})
    assert [entry.right for entry in StyleEntry.objects.filter(no_longer_from=None)] == ["党工委书记"]
