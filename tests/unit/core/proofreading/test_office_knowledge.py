"""Rules that rest on what the office brings: its people (TM-07), its laws (LW-90), its bodies (LE-22)."""

from datetime import date

import pytest

from gongkai.core.proofreading import Knowledge, Law, Person, Severity, Style, check

DAY = date(2024, 3, 1)
PEOPLE = (
    Person("张建国", "管委会主任", date(2020, 1, 1), rank=1),
    Person("李晓明", "管委会副主任", None, date(2024, 1, 1), 2),
    Person("李晓明", "产业服务局局长", date(2024, 1, 1), rank=2),
    Person("王伟", "党工委书记", rank=3),
)
LAWS = (
    Law("政府信息公开条例", articles=56),
    Law("中华人民共和国噪声污染防治法", since=date(2022, 6, 5)),
    Law("旧渡口管理办法", "渡口管理办法", None, date(2023, 1, 1)),
)
BODIES = frozenset({"示例县示例工业园区管委会", "示例县人民政府"})


def found(text: str, rule: str, *, on: date = DAY, **known) -> list:
    style = Style(known=Knowledge(**known))
    return [one for one in check(text, on=on, style=style) if one.rule == rule]


# ---- people


@pytest.mark.parametrize(
    ("text", "quote", "suggestion"),
    [
        ("管委会主任张建园主持会议。", "张建园", "张建国"),
        ("会议由张健国同志主持。", "张健国", "张建国"),
        ("党工委书记王维讲话。", "王维", "王伟"),
        ("党工委书记张建国讲话。", "党工委书记张建国", "管委会主任张建国"),
        ("管委会副主任李晓明出席。", "管委会副主任李晓明", "产业服务局局长李晓明"),
        ("参加会议的有王伟、张建国。", "王伟、张建国", "张建国、王伟"),
    ],
)
def test_a_name_or_post_that_is_not_the_lists(text, quote, suggestion):
    (one,) = found(text, "TM-07", people=PEOPLE)
    assert (one.quote, one.suggestion, one.severity) == (quote, suggestion, Severity.SERIOUS)


@pytest.mark.parametrize(
    "text",
    [
        "管委会主任张建国主持会议，产业服务局局长李晓明、党工委书记王伟参加。",
        "时任管委会副主任李晓明在2022年主持验收。",
        "原管委会副主任李晓明。",
        "参加会议的有张建国、李晓明、王伟。",
        "管委会主任办公会研究了三项工作。",
        "王芳同志被评为先进工作者。",
        "党工委书记赵强讲话。",
    ],
)
def test_what_is_right_or_unknown_is_left_alone(text):
    assert found(text, "TM-07", people=PEOPLE) == []


def test_a_paper_of_an_earlier_day_is_judged_by_the_posts_of_that_day():
    text = "管委会副主任李晓明出席。"
    assert found(text, "TM-07", people=PEOPLE, on=date(2023, 5, 1)) == []
    (early,) = found("管委会主任张建国讲话。", "TM-07", people=PEOPLE, on=date(2019, 5, 1))
    assert "还没有担任" in early.message


def test_a_slip_can_be_put_right_without_a_person():
    (one,) = found("管委会主任张建园主持会议。", "TM-07", people=PEOPLE)
    assert one.replacement == "张建国"


def test_without_a_list_nothing_is_said_of_people():
    assert found("管委会主任张建园主持会议。", "TM-07") == []


# ---- laws


@pytest.mark.parametrize(
    ("text", "quote", "says"),
    [
        ("依据《政府信息公开条列》办理。", "《政府信息公开条列》", "差一个字"),
        ("依据《中华人民共和国政府信息公开例》办理。", "《中华人民共和国政府信息公开例》", "差一个字"),
        ("依据《政府信息公开条例例》办理。", "《政府信息公开条例例》", "差一个字"),
        ("依据《中华人民共和国政府信息公开条例》第五十七条。", "第五十七条", "一共 56 条"),
        ("依据《政府信息公开条例》（国令第711号）第60条。", "第60条", "一共 56 条"),
        ("依据《旧渡口管理办法》办理。", "《旧渡口管理办法》", "现行的是《渡口管理办法》"),
    ],
)
def test_what_does_not_resolve_in_the_table(text, quote, says):
    (one,) = found(text, "LW-90", laws=LAWS)
    assert (one.quote, one.severity) == (quote, Severity.HINT)
    assert says in one.message


def test_a_law_that_was_not_yet_in_force():
    text = "依据《噪声污染防治法》办理。"
    assert found(text, "LW-90", laws=LAWS) == []
    (one,) = found(text, "LW-90", laws=LAWS, on=date(2022, 1, 1))
    assert "自2022-06-05起施行" in one.message


@pytest.mark.parametrize(
    "text",
    [
        "依据《中华人民共和国政府信息公开条例》第五十六条。",
        "依据《安全生产法》第一百条。",
        "《旧渡口管理办法》同时废止。",
        "《园区月报》第六十条消息。",
    ],
)
def test_what_resolves_or_is_not_in_the_table_is_left_alone(text):
    assert found(text, "LW-90", laws=LAWS) == []


def test_a_later_row_of_a_law_takes_the_place_of_the_earlier():
    laws = (*LAWS, Law("政府信息公开条例", articles=60))
    assert found("《政府信息公开条例》第五十七条", "LW-90", laws=laws) == []


# ---- bodies

PAPER = """示例县示例工业园区管委会关于开展检查的通知
各企业：
    现将有关事项通知如下。青山市高新区管委会的做法值得借鉴。
    联系单位：{contact}
{signature}
2024年3月1日"""


def paper(contact="示例县示例工业园区管委会", signature="示例县示例工业园区管委会") -> str:
    return PAPER.format(contact=contact, signature=signature)


@pytest.mark.parametrize(
    "text",
    [
        paper(contact="青山市高新区管委会"),
        paper(signature="青山市高新区管委会"),
        "青山市高新区管委会" + paper().removeprefix("示例县示例工业园区管委会"),
    ],
)
def test_another_unit_where_a_paper_speaks_of_its_own(text):
    (one,) = found(text, "LE-22", bodies=BODIES)
    assert (one.quote, one.severity) == ("青山市高新区管委会", Severity.ERROR)


@pytest.mark.parametrize(
    "text",
    [
        paper(),
        paper(contact="示例县应急管理局"),
        paper(signature="管委会办公室"),
        paper()
        .replace("各企业：", "青山市高新区管委会：")
        .replace("联系单位：", "联系单位：青山市高新区管委会和"),
    ],
)
def test_own_region_recipients_and_running_text_are_left_alone(text):
    assert found(text, "LE-22", bodies=BODIES) == []


def test_without_names_of_its_own_nothing_is_said():
    assert found(paper(signature="青山市高新区管委会"), "LE-22") == []
