"""The demo's normative documents: made up, lived through by the acts of the office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Department, Organ, User
from gongkai.calendar_files import working_calendar
from gongkai.core.documents.normative import EffectKind, Impact, Step
from gongkai.demo import publishing
from gongkai.demo.days import at
from gongkai.publishing.models import Cleanup, ColumnPage, ItemPage, NormativeDocument
from gongkai.publishing.normative import services
from gongkai.publishing.normative.services.cleaning import in_force

AWARD = "示例工业园区企业技术改造奖补资金管理办法"
TALENT = "示例工业园区人才公寓管理规定"
PARKING = "示例工业园区货车停放管理通告"
SIGNS = "示例工业园区户外标识设置暂行规定"
RENT = "示例工业园区标准厂房租赁管理办法"
LIGHTS = "示例工业园区道路照明管理办法"
NOISE = "示例工业园区夜间施工管理办法"
TEXTS = {
    AWARD: (
        "园区各企业，各内设机构",
        "一、总则\n为鼓励企业实施技术改造，规范奖补资金管理，结合园区实际，制定本办法。\n二、支持对象和标准\n（一）支持对象。在园区依法注册、纳税，上一年度没有严重违法失信记录的企业。\n（二）支持标准。按设备投资额的百分之八给予奖补，单个项目最高不超过一百万元。\n三、办理程序\n1.企业向经济发展局提出申请。\n2.经济发展局自受理之日起二十个工作日内核定并公示。\n四、附则\n本办法由示例工业园区管委会经济发展局负责解释。",
    ),
    TALENT: (
        "园区各企业",
        "一、入住条件\n与园区企业签订一年以上劳动合同，在园区没有住房的职工，可以申请人才公寓。\n二、租金\n租金按季度收取，不收取押金以外的其他费用。\n三、管理\n公寓由规划建设局委托的单位管理，入住人应当遵守消防安全规定。",
    ),
    PARKING: ("", "一、每日七时至九时、十七时至十九时，货车不得在园区一号路、二号路停放。\n二、违反本通告的，由公安机关交通管理部门依法处理。"),
    SIGNS: ("园区各企业", "一、户外标识应当牢固、整洁，不得遮挡交通信号。\n二、设置户外标识的，应当事先告知规划建设局。"),
    LIGHTS: ("各内设机构，园区各企业", "一、道路照明设施由规划建设局负责维护。\n二、损坏照明设施的，应当及时报告并依法赔偿。"),
    RENT: (
        "园区各企业",
        "一、租赁对象\n入驻园区的生产性企业可以租赁标准厂房。\n二、租金标准\n首年租金减半收取，第二年起按评估价收取。\n三、退出\n停产六个月以上的，应当退出标准厂房。",
    ),
    NOISE: (
        "园区各施工单位",
        "一、禁止时段\n二十二时至次日六时，园区内不得进行产生环境噪声污染的建筑施工作业，抢修、抢险除外。\n二、申请\n因特殊需要必须连续作业的，应当取得证明并公告附近居民。\n三、监督\n安全生产和环境保护局负责监督检查。",
    ),
}  # fmt: skip
DATA = {
    Step.DRAFTING: {"note": "已附起草说明。", "basis": "《示例省开发区条例》（演示）"},
    Step.EVALUATION: {"necessity": "有必要", "feasibility": "可行", "risk": "风险较低"},
    Step.COMPETITION: {"conclusion": "符合公平竞争审查标准"},
    Step.LEGALITY: {"opinion": "制定权限、内容和程序合法"},
    Step.DELIBERATION: {"meeting": "示例园区主任办公会", "minutes": "演示纪要"},
    Step.SIGNING: {"signer": "演示主任"},
    Step.FILING: {"filed_with": "示例县人民政府", "receipt": "演示备案回执"},
}


class Office:
    """The demo's office at work on its documents, each act on a moment of its own."""

    def __init__(self, park: Organ, users: Mapping[str, User], columns: Mapping[str, ColumnPage]) -> None:
        self.park, self.users, self.columns = park, users, columns
        self.number: dict[int, int] = {}

    def begin(self, title: str, **fields: object) -> NormativeDocument:
        recipients, text = TEXTS[title]
        department = Department.objects.get(organ=self.park, name="经济发展局")
        return services.begin(
            organ=self.park, actor=self.users["xinxiyuan"], title=title, recipients=recipients, text=text,
            department=department, topic="工业、交通", **fields,
        )  # fmt: skip

    def step(self, document: NormativeDocument, step: Step, **given: object) -> NormativeDocument:
        actor = self.users["fazhi" if step is Step.LEGALITY else "gongkaiban"]
        values = {"data": DATA.get(step, {}), "on": timezone.localdate(), **given}
        return services.record_step(document=document, step=step, actor=actor, **values)

    def upto(self, document: NormativeDocument, last: Step) -> NormativeDocument:
        """Enter every step before one."""
        while document.next_step != last:
            if document.next_step == Step.SIGNING:
                services.plan_interpretation(
                    document=document, actor=self.users["gongkaiban"], outline="背景、依据、主要内容、怎样办理、新旧差别",
                    forms="文字、问答", channel="本网站政策栏目", interpreter="演示经济发展局局长",
                )  # fmt: skip
            document = self.step(document, Step(document.next_step))
        return document

    def publish(self, document: NormativeDocument, moment: datetime, **given: object) -> NormativeDocument:
        """Number it and take its item through the review."""
        with at(moment - timedelta(hours=2)):
            year = timezone.localdate().year
            self.number[year] = number = self.number.get(year, 0) + 1
            data = {
                "unified_number": f"SLYQ-{year}-{number}",
                "document_number": f"示园规〔{year}〕{number}号",
            }
            document = self.step(
                self.upto(document, Step.REGISTRATION), Step.REGISTRATION, data=data,
                **{"effective_on": timezone.localdate(), **given},
            )  # fmt: skip
            item = services.make_item(
                document=document, column=self.columns["zhengce"], actor=self.users["gongkaiban"]
            )
        self.release(item, moment)
        return NormativeDocument.objects.get(pk=document.pk)

    def release(self, item: ItemPage, moment: datetime) -> None:
        publishing.release(self.users, item, moment)

    def interpret(
        self, document: NormativeDocument, moment: datetime, title: str, body: str, form: str
    ) -> None:
        with at(moment):
            item = publishing.draft(
                self.users, self.park, self.columns["zhengce"], moment, title=title, slug=f"jiedu-{document.pk}-{form}",
                body=body, summary=title,
            )  # fmt: skip
            services.link_interpretation(
                document=document, item=item, form=form, actor=self.users["gongkaiban"]
            )
        self.release(item, moment + timedelta(hours=2))


@transaction.atomic
def load_normative(
    park: Organ, users: Mapping[str, User], columns: Mapping[str, ColumnPage], now: datetime | None = None
) -> None:
    """A handful of documents in different states, one interpretation, one clean-up, one consultation."""
    today = now or timezone.localtime()
    office = Office(park, users, columns)
    services.set_up_office(
        organ=park, actor=users["fuzeren"], is_qualified=True, qualified_basis="《示例省开发区条例》第八条（演示）",
        number_prefix="SLYQ", document_mark="示园规", filed_with="示例县人民政府",
    )  # fmt: skip
    _in_force(office, today)
    _replaced(office, today)
    _cleaned(office, today)
    _consulted(office, today)
    with at(_morning(today, 1)):
        office.upto(office.begin(LIGHTS), Step.LEGALITY)


def _morning(today: datetime, days_ago: int) -> datetime:
    """Ten o'clock of the last working day that lies so far back."""
    day, calendar = today.date() - timedelta(days=days_ago), working_calendar()
    while calendar.is_published(day) and not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return timezone.make_aware(datetime(day.year, day.month, day.day, 10))  # noqa: DTZ001 - made aware here


def _in_force(office: Office, today: datetime) -> None:
    """In force: one with its interpretation and filed, one whose term ends within two months."""
    moment = _morning(today, 40)
    with at(moment - timedelta(hours=3)):
        document = office.begin(AWARD, touches_business=True, is_important=True)
    document = office.publish(document, moment)
    office.interpret(
        document, moment + timedelta(hours=3), "《企业技术改造奖补资金管理办法》问答解读",
        "<h2>谁可以申请</h2><p>在园区依法注册、纳税，上一年度没有严重违法失信记录的企业。</p><h2>能拿多少</h2>"
        "<p>按设备投资额的百分之八，单个项目最高一百万元。</p><h2>找谁办</h2><p>向经济发展局提出申请，二十个工作日内核定。</p>",
        "questions",
    )  # fmt: skip
    with at(_morning(today, 20)):
        office.step(document, Step.FILING)
    moment = _morning(today, 330)
    with at(moment - timedelta(hours=3)):
        document = office.begin(PARKING)
    document = office.publish(document, moment)
    with at(moment + timedelta(days=3)):
        services.waive_interpretation(
            document=document, actor=office.users["gongkaiban"], reason="内容简明，不需要解读。"
        )
        office.step(document, Step.FILING)


def _replaced(office: Office, today: datetime) -> None:
    """An old document, replaced by a new one a week ago that still waits for its interpretation and filing."""
    old = _taken_over(office, _morning(today, 700), TALENT + "（试行）", 1)
    moment = _morning(today, 7)
    with at(moment - timedelta(hours=3)):
        document = office.begin(TALENT)
        services.relate(
            document=document, target=old, kind=EffectKind.REPLACES, actor=office.users["gongkaiban"],
            note="放宽入住条件",
        )  # fmt: skip
    office.publish(document, moment)


def _taken_over(office: Office, moment: datetime, title: str, serial: int) -> NormativeDocument:
    """A document of two years ago with the item that carried it."""
    number = f"示园规〔{moment.year}〕{serial}号"
    page = _old_page(office, moment, title, number, serial)
    with at(moment + timedelta(hours=2)):
        return services.take_over(
            organ=office.park, actor=office.users["gongkaiban"], title=title, document_number=number, page=page,
            published_on=timezone.localdate(), effective_on=None, valid_to=None,
        )  # fmt: skip


def _old_page(office: Office, moment: datetime, title: str, number: str, serial: int) -> ItemPage:
    item = publishing.draft(
        office.users, office.park, office.columns["zhengce"], moment, title=title, slug=f"guifan-yijiu-{serial}",
        document_number=number, summary=title, body="<p>（演示）系统启用前公布的文件。</p>",
    )  # fmt: skip
    office.release(item, moment + timedelta(hours=1))
    return ItemPage.objects.get(pk=item.pk)


def _cleaned(office: Office, today: datetime) -> None:
    """A special clean-up four weeks ago: one repealed, one to be amended by the end of next year."""
    for title, serial, days in ((SIGNS, 4, 699), (RENT, 6, 698)):
        _taken_over(office, _morning(today, days), title, serial)
    moment = _morning(today, 28)
    with at(moment - timedelta(hours=2)):
        wanted = {
            SIGNS: (EffectKind.REPEALS, "已不适应管理需要", None),
            RENT: (EffectKind.TO_BE_AMENDED, "租金减免须公平竞争审查", date(today.year + 1, 12, 31)),
        }
        cleanup = services.clean_up(
            organ=office.park, title="示例工业园区管委会行政规范性文件专项清理结果公告", kind=Cleanup.Kind.SPECIAL,
            basis="示例县人民政府关于开展规范性文件专项清理的通知（演示）", decided_on=timezone.localdate(),
            meeting="示例园区主任办公会", column=office.columns["tongzhi"], actor=office.users["gongkaiban"],
            results=[
                services.Result(one, wanted[one.title][0], wanted[one.title][1], wanted[one.title][2])
                for one in in_force(office.park)
                if one.title in wanted
            ],
        )  # fmt: skip
    office.release(cleanup.page, moment)


def _consulted(office: Office, today: datetime) -> None:
    """A draft on which the public is asked at present, with two opinions."""
    moment = _morning(today, 5)
    with at(moment - timedelta(hours=3)):
        document = office.begin(NOISE, impact=Impact.MARKET.value)
        document = office.upto(document, Step.CONSULTATION)
        consultation = services.prepare_consultation(
            document=document, column=office.columns["hudong"], days=30, short_reason="", actor=office.users["gongkaiban"],
            explanation="为减少夜间施工噪声，保障职工休息，起草本办法。\n主要规定禁止时段、申请程序和监督检查。",
            contact="寄至示例县示例路1号园区管委会安全生产和环境保护局，或者电话 0000-0000000。",
        )  # fmt: skip
    office.release(consultation.page, moment)
    for hours, text in (
        (4, "建议把禁止时段提前到二十一时，宿舍区离工地很近。"),
        (26, "抢修、抢险的，建议事后也要公告。"),
    ):
        with at(min(moment + timedelta(hours=hours), today)):
            services.give_opinion(
                consultation=consultation, text=text, name="", contact="", submission_key=f"demo-{hours}"
            )
