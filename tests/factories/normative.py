"""Normative documents for tests, made by the acts of an office."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.agencies.roles import Role
from gongkai.core.documents.normative import Step
from gongkai.demo.days import at as at_moment
from gongkai.publishing.models import NormativeDocument, NormativeOffice
from gongkai.publishing.normative import services
from tests import factories

TEXT = "一、总则\n为规范奖补资金管理，制定本办法。\n二、支持对象\n（一）条件\n在园区注册的企业可以申请。\n三、附则\n本办法由管委会解释。"
DATA = {
    Step.DRAFTING: {"note": "起草说明", "basis": "《条例》"},
    Step.EVALUATION: {"necessity": "必要", "feasibility": "可行", "risk": "风险小"},
    Step.CONSULTATION: {"channel": "门户网站", "period": "30 日"},
    Step.FEEDBACK: {"handling": "采纳 1 条"},
    Step.COMPETITION: {"conclusion": "符合公平竞争审查标准"},
    Step.LEGALITY: {"opinion": "合法"},
    Step.DELIBERATION: {"meeting": "第3次主任办公会", "minutes": "〔2026〕3号"},
    Step.SIGNING: {"signer": "测试主任"},
    Step.FILING: {"filed_with": "示例县人民政府", "receipt": "已收"},
}


def office(organ: Organ, **fields) -> NormativeOffice:
    """An office that may issue."""
    given = {
        "is_qualified": True, "qualified_basis": "示例条例第三条", "number_prefix": "SLYQ", "document_mark": "示园发",
        "filed_with": "示例县人民政府", **fields,
    }  # fmt: skip
    return NormativeOffice.objects.update_or_create(organ=organ, defaults=given)[0]


def clerk(organ: Organ) -> User:
    return factories.reviewer(organ, Role.DISCLOSURE_OFFICE)


def lawyer(organ: Organ) -> User:
    return factories.reviewer(organ, Role.LEGAL_REVIEWER)


def document(organ: Organ, **fields) -> NormativeDocument:
    """A document that is being drafted."""
    office(organ)
    given = {"title": "园区奖补资金管理办法", "text": TEXT, **fields}
    return services.begin(organ=organ, actor=factories.editor(organ), **given)


def take(doc: NormativeDocument, step: Step, **given) -> NormativeDocument:
    """Enter one step with its data."""
    actor = lawyer(doc.organ) if step is Step.LEGALITY else clerk(doc.organ)
    values = {"on": timezone.localdate(), "data": DATA.get(step, {}), **given}
    return services.record_step(document=doc, step=step, actor=actor, **values)


def numbered(doc: NormativeDocument, number: int = 1, **given) -> NormativeDocument:
    """A document up to its number."""
    while doc.next_step != Step.REGISTRATION:
        if doc.next_step == Step.SIGNING:
            services.waive_interpretation(document=doc, actor=clerk(doc.organ), reason="内容简明")
        doc = take(doc, Step(doc.next_step))
    year = timezone.localdate().year
    data = {"unified_number": f"SLYQ-{year}-{number}", "document_number": f"示园发〔{year}〕{number}号"}
    return take(doc, Step.REGISTRATION, data=data, **{"effective_on": timezone.localdate(), **given})


def published(organ: Organ, number: int = 1, *, on: date | None = None, **fields) -> NormativeDocument:
    """A document that went its whole way on a day."""
    moment = timezone.make_aware(datetime.combine(on, time(10))) if on else timezone.now()
    column = factories.column()
    with at_moment(moment):
        given = {
            name: fields.pop(name) for name in ("effective_on", "valid_to", "term_reason") if name in fields
        }
        doc = numbered(document(organ, **fields), number, **given)
        item = services.make_item(document=doc, column=column, actor=clerk(organ))
        factories.release(item)
    return NormativeDocument.objects.get(pk=doc.pk)


def tomorrow(days: int = 1) -> date:
    return timezone.localdate() + timedelta(days=days)
