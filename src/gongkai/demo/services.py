"""Guides and messages of the demo office: published, under review, answered in public, waiting, overdue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.demo.days import at
from gongkai.services.guides import acts as guides
from gongkai.services.guides.models import GuideVersion
from gongkai.services.messages import acts as messages
from gongkai.services.messages.models import PublicMessage

PLACE = "示例园区管委会政务服务大厅一楼"
HOURS = "工作日 9:00—12:00，13:30—17:00"


def _material(name: str, copies: int = 1, form: str = "原件", note: str = "") -> dict[str, object]:
    return {"name": name, "copies": copies, "form": form, "note": note}


GUIDES: tuple[tuple[str, dict[str, object]], ...] = (
    (
        "企业投资奖补申请",
        {
            "basis": "《示例工业园区企业投资奖补办法》第五条、第七条",
            "conditions": "在园区登记并实际经营；无严重失信记录；投资已经完成并通过验收。",
            "materials": [
                _material("企业投资奖补申请表", note="加盖公章"), _material("营业执照", form="复印件"),
                _material("投资完成证明", note="合同、发票、付款凭证各一份"),
            ],
            "place": f"{PLACE}3号窗口", "telephone": "0510-80000003", "audience": "enterprise",
            "process": "窗口提交申请\n经济发展部门审核，10 个工作日\n公示，5 个工作日\n拨付到企业账户",
            "statutory_days": 30, "promised_days": 20, "result": "奖补资金拨付到账",
        },
    ),
    (
        "人才公寓租住申请",
        {
            "basis": "《示例工业园区人才公寓管理规定》第四条",
            "conditions": "与园区企业签订一年以上劳动合同，本人和配偶在县城没有住房。",
            "materials": [
                _material("人才公寓租住申请表"), _material("身份证", form="复印件"), _material("劳动合同", form="复印件"),
            ],
            "place": f"{PLACE}5号窗口", "telephone": "0510-80000005", "audience": "person",
            "process": "窗口或者网上提交申请\n审核，5 个工作日\n轮候、选房\n签订租住合同",
            "promised_days": 5, "result": "租住合同",
        },
    ),
    (
        "企业招聘岗位登记",
        {
            "basis": "《示例工业园区企业用工服务办法》第三条",
            "conditions": "在园区登记的企业，招聘岗位真实。",
            "materials": [_material("招聘岗位登记表", form="电子"), _material("营业执照", form="复印件")],
            "place": f"{PLACE}2号窗口", "telephone": "0510-80000006", "audience": "enterprise",
            "process": "提交登记表\n核验岗位，2 个工作日\n在招聘栏目和招聘会发布", "promised_days": 2, "result": "岗位发布",
        },
    ),
)  # fmt: skip


def load_services(park: Organ, users: Mapping[str, User], *, now: datetime | None = None) -> None:
    """Guides and messages around the present moment."""
    today = timezone.localtime(now).replace(hour=10, minute=12, second=0, microsecond=0)
    for number, (name, given) in enumerate(GUIDES):
        with at(today - timedelta(days=200 - number)):
            _publish(_guide(park, users, name, given), users)
    with at(today - timedelta(days=2)):
        name, given = "孵化器场地入驻申请", GUIDES[1][1]
        guides.submit(
            version=_guide(park, users, name, {**given, "audience": "both"}),
            waived="",
            actor=users["xinxiyuan"],
        )
    _messages(park, users, today)


def _guide(park: Organ, users: Mapping[str, User], name: str, given: Mapping[str, object]) -> GuideVersion:
    version = guides.begin(organ=park, department=None, name=name, actor=users["xinxiyuan"])
    version = guides.change(version=version, given={"hours": HOURS, **given}, actor=users["xinxiyuan"])
    title = f"{given['materials'][0]['name']}（空白）"  # type: ignore[index]
    form = f"{name}\n\n申请人：\n联系电话：\n申请事项：\n\n申请人签字（盖章）：        年  月  日\n"
    guides.add_file(
        version=version,
        title=title,
        data=form.encode(),
        name="biaoge.txt",
        is_sample=False,
        actor=users["xinxiyuan"],
    )
    return version


def _publish(version: GuideVersion, users: Mapping[str, User]) -> None:
    guides.submit(version=version, waived="", actor=users["xinxiyuan"])
    guides.publish(version=version, note="同意公布", is_clear=True, actor=users["zhongshen"])


def _messages(park: Organ, users: Mapping[str, User], today: datetime) -> None:
    told = (
        (90, "question", "企业投资奖补什么时候受理", "请问今年的企业投资奖补什么时候开始受理？在哪里交材料？",
         "全年受理，随报随审。请到政务服务大厅一楼3号窗口提交，材料清单见本网站办事指南“企业投资奖补申请”。"),
        (55, "suggestion", "建议在园区二路加装路灯", "园区二路东段晚上下班时没有路灯，骑车不安全，建议加装。",
         "已列入今年的道路照明改造，计划在年底前装好。"),
        (30, "complaint", "工地夜间施工噪声", "厂区北侧工地夜里十一点以后还在施工，影响职工休息。",
         "接到反映当日到现场检查，已责令施工单位夜间停止产生噪声的作业，并加强夜间巡查。"),
    )  # fmt: skip
    for days, kind, title, text, answer in told:
        with at(today - timedelta(days=days)):
            message = _sent(park, kind, title, text, days)
        with at(today - timedelta(days=days - 2)):
            _answer(message, answer, users)
            messages.redact(message=message, title=title, text=text, actor=users["gongkaiban"])
            messages.show(message=message, actor=users["zhongshen"])
    with at(today - timedelta(days=20)):
        late = _sent(park, "question", "人才公寓还有没有空房", "请问人才公寓现在还有空房吗？", 20)
        messages.assign(
            message=late,
            department=None,
            handler=users["xinxiyuan"],
            note="请尽快答复",
            actor=users["gongkaiban"],
        )
    with at(today - timedelta(hours=20)):
        _sent(park, "suggestion", "建议延长食堂开放时间", "建议园区食堂晚上开到八点。", 1)


def _sent(park: Organ, kind: str, title: str, text: str, days: int) -> PublicMessage:
    given = messages.Given(kind, title, text, name="某职工", telephone="", email="", may_publish=True)
    return messages.take_in(organ=park, given=given, submission_key=f"demo-message-{days}")


def _answer(message: PublicMessage, answer: str, users: Mapping[str, User]) -> None:
    messages.assign(
        message=message, department=None, handler=users["xinxiyuan"], note="", actor=users["gongkaiban"]
    )
    messages.answer(message=message, answer=answer, waived="", actor=users["xinxiyuan"])
    messages.review(message=message, agrees=True, note="同意", actor=users["zhongshen"])
