"""Proofreading of items: a run over a version, what stands in the way of its release, a suggestion put into the draft."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.models import Organ, User
from gongkai.proofing import services as proofing
from gongkai.proofing.models import ProofDecision, ProofFinding, ProofRun
from gongkai.proofing.selectors import outcome_of
from gongkai.publishing import access
from gongkai.publishing.authors import authors_of
from gongkai.publishing.canonical import latest_version
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.models import ItemPage
from gongkai.publishing.proofread.leaves import leaves_of, put_in
from gongkai.publishing.proofread.pages import page_text

GONE = "内容已经改过，这一处不在了，请看新的校对结果。"
WHAT_TO_DO = "请改正后重新送审；确实无误的，由没有参与拟稿的校对、审核人员写明理由后豁免"


def proofread_item(version: ItemPage, *, keep: bool = False, at_save: bool = False) -> ProofRun:
    """Proofread one version of an item by the office's book."""
    return proofing.proof(
        page_text(version), organ=version.organ, on=version.formed_on, keep=keep, at_save=at_save
    )


def obstacle_by_proof(version: ItemPage) -> tuple[str, ProofRun]:
    """Why a version cannot be released by its proof (empty: clean or waived), and the run that says so."""
    run = proofread_item(version, keep=True)
    return outcome_of(run).obstacle, run


@transaction.atomic
def accept_finding(*, item: ItemPage, finding: ProofFinding, actor: User) -> ProofDecision:
    """Put a suggestion into the latest draft as a new revision (采纳).

    Raises:
        ReviewRefused: it names no text to put in, stands in a file, or the place is there no more.
        AccessDenied: not for this person.
    """
    item = ItemPage.objects.select_for_update(of=("self",)).get(pk=item.pk)
    draft = latest_version(item)
    access.require(actor, "拟稿送审", draft.organ)
    finding = finding_now(draft, finding)
    if finding.replacement is None:
        raise ReviewRefused("这一处没有可以直接换上的文字，请在编辑页改正。")
    leaf = next((leaf for leaf in leaves_of(draft) if leaf.address == finding.part), None)
    if leaf is None:
        raise ReviewRefused("这一处在附件里，请改好文件后重新上传。")
    if leaf.text[finding.start : finding.end] != finding.quote:
        raise ReviewRefused(GONE)
    put_in(draft, leaf, finding.start, finding.end, finding.replacement)
    done = proofing.accept(finding=finding, actor=actor, organ=draft.organ)
    draft.save_revision(user=actor, clean=False)
    return done


def finding_now(version: ItemPage, finding: ProofFinding) -> ProofFinding:
    """The same finding in a run over this version.

    Raises:
        ReviewRefused: it is there no more.
    """
    run = proofread_item(version, at_save=True)
    if run.pk == finding.run_id:
        return finding
    same = run.findings.filter(identity=finding.identity).first()
    if same is None:
        raise ReviewRefused(GONE)
    return same


def ignore_finding(*, item: ItemPage, finding: ProofFinding, actor: User, reason: str) -> ProofDecision:
    """Leave a finding as it is, with the reason; not for 严重."""
    return proofing.ignore(finding=finding, actor=actor, organ=_organ(item, finding), reason=reason)


def waive_finding(*, item: ItemPage, finding: ProofFinding, actor: User, reason: str) -> ProofDecision:
    """Let a 严重 finding stand; by a reviewer who did not write at the item."""
    authors = authors_of(item)
    return proofing.waive(
        finding=finding, actor=actor, organ=_organ(item, finding), reason=reason, authors=authors
    )


def reopen_finding(*, item: ItemPage, finding: ProofFinding, actor: User) -> ProofDecision:
    """Take a decision back."""
    return proofing.reopen(finding=finding, actor=actor, organ=_organ(item, finding))


def _organ(item: ItemPage, finding: ProofFinding) -> Organ:
    if finding.run.key != str(item.pk):
        raise ReviewRefused("这一处不属于这条信息。")
    organ = latest_version(item).organ
    if organ is None:
        raise ReviewRefused("请先选择发布机构并保存，再处理校对发现。")
    return organ
