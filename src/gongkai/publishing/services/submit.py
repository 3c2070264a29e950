"""Submitting an item for review (送审)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.audit.chain import sm3
from gongkai.audit.services import record_event
from gongkai.core.publication import Route
from gongkai.publishing import access
from gongkai.publishing.authors import authors_of
from gongkai.publishing.canonical import canonical, content_of
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.models import ItemPage, Review
from gongkai.publishing.models.columns import ColumnDemands, demands_on
from gongkai.publishing.normative.gate import obstacle_to_release
from gongkai.publishing.services.proofread import proofread_item

_S = Review.State


@transaction.atomic
def submit(*, item: ItemPage, actor: User, remark: str = "", urgent_reason: str = "") -> Review:
    """Put the latest version of an item before its reviewers.

    Args:
        urgent_reason: why the public must know before all reviews are done; the confidentiality review still comes first,
            and a person other than the authors decides.

    Raises:
        ReviewRefused: what is missing, or that the same content is under review already.
        AccessDenied: not for this person.
    """
    item = ItemPage.objects.select_for_update(of=("self",)).get(pk=item.pk)
    revision = item.get_latest_revision() or item.save_revision(user=actor, clean=False)
    draft = revision.as_object()
    _require_complete(draft)
    access.require(actor, "拟稿送审", draft.organ)
    demands = demands_on(item)
    content = canonical(content_of(draft))
    digest = sm3(content.encode())
    if item.live and digest == item.released_digest:
        raise ReviewRefused("当前内容与已发布的一致，没有需要送审的修改。")
    for running in item.reviews.filter(state__in=[_S.OPEN, _S.PASSED]):
        if running.digest == digest:
            raise ReviewRefused(f"这一内容已经送审，现在是“{running.get_state_display()}”，不用重复送审。")
        running.state = _S.SUPERSEDED
        running.save(update_fields=["state"])
    review = Review.objects.create(
        page=item,
        revision=revision,
        title=draft.title,
        digest=digest,
        content=content,
        route=route_of(draft, demands, urgent_reason).value,
        extra_stages=",".join(demands.stages),
        submitted_by=actor,
        submitted_at=timezone.now(),
        remark=remark,
        urgent_reason=urgent_reason.strip(),
    )
    proofread_item(draft, keep=True)
    review.authors.set(authors_of(item) | {actor.pk})
    record_event(
        "item.submitted", item, actor=actor, organ_code=draft.organ.code, review=review.pk, digest=digest,
        route=review.route, extra=review.extra_stages, urgent_reason=review.urgent_reason,
    )  # fmt: skip
    return review


def route_of(draft: ItemPage, demands: ColumnDemands, urgent_reason: str = "") -> Route:
    """The way a draft takes: in haste, as a reprint where its columns let reprints go short, or whole."""
    if urgent_reason.strip():
        return Route.URGENT
    return Route.REPRINT if draft.is_listed_reprint and not demands.reprints_in_full else Route.ORDINARY


def _require_complete(draft: ItemPage) -> None:
    missing = []
    if draft.organ is None:
        missing.append("请选择发布机构")
    if draft.formed_on is None:
        missing.append("请填写成文日期")
    if draft.publicity != ItemPage.Publicity.PROACTIVE:
        missing.append(f"公开属性是“{draft.get_publicity_display()}”，只有主动公开的信息可以送审发布")
    if (unready := obstacle_to_release(draft)) != "":
        missing.append(unready)
    if draft.body and not (draft.plain_text.strip() or len(draft.blocks) or draft.attachments.exists()):
        missing.append(
            "正文还是空的，请填写正文，或者加上附件、图片"
        )  # a paragraph without words is no blank field
    try:
        draft.full_clean(exclude=["slug"])
    except ValidationError as error:
        for name, texts in error.message_dict.items():
            field = {
                f.name: f.verbose_name for f in draft._meta.get_fields() if hasattr(f, "verbose_name")
            }.get(name)
            missing += [f"{field}：{text}" if field else text for text in texts]
    if missing:
        raise ReviewRefused("还不能送审：" + "；".join(text.rstrip("。") for text in missing) + "。")
