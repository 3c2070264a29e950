"""From an answer to one applicant to information for everybody: a draft of a publication (转为主动公开).

The act makes a draft and nothing more; what goes live has its own door and its own reviews. Nothing of the
applicant goes into the draft: it is written from the reply, not from the application.

Source: 《政府信息公开条例》 Art. 44: what several people ask for and may be disclosed can be published.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.core.disclosure.decisions import BY_CODE
from gongkai.inforequests import access
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.models import Decision, InfoRequest
from gongkai.inforequests.services.moving import locked, note_step
from gongkai.inforequests.services.releasing import current_files

STEP = "converted"
WHAT_WAS_GIVEN = {"D-36-2": "提供内容", "D-37": "公开部分"}  # the fact of the reply that says it


@dataclass(frozen=True, slots=True)
class PublicationDraft:
    """What a draft is made of.

    Attributes:
        given: paragraphs of the reply that say what was given.
        file_names: files that went out with the reply; the editor adds them, since a file put into the media
            library can be read by anybody who has its address.
    """

    title: str
    given: tuple[str, ...]
    file_names: tuple[str, ...]
    request_number: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """Where a draft lies: its address in the back office, and the column it stands in."""

    url: str
    column: str


class NoPlaceForDrafts(Exception):
    """The portal has no column for this organ; the message is Chinese and says what to do."""


Drafter = Callable[[Organ, PublicationDraft], Drafted]
_drafter: list[Drafter] = []


def register_drafter(drafter: Drafter) -> None:
    """Let the portal, which stands above this app, say how a draft is made there; the last one counts."""
    _drafter[:] = [drafter]


@transaction.atomic
def convert(request_id: int, actor: User, *, version: int | None = None) -> Drafted:
    """Make a draft publication from what an application was given, once.

    Raises:
        ActRefused: nothing was given, a draft was made already, or the portal has no place for it.
    """
    request = locked(request_id, version)
    access.require(actor, "办理申请", request.organ)
    draft = draft_of(request)
    earlier = request.steps.filter(event=STEP).first()
    if earlier is not None:
        raise ActRefused(f"已经于 {earlier.on:%Y-%m-%d} 转过一次：{earlier.note}。请在该草稿上继续编辑。")
    if not _drafter:
        raise ActRefused("本系统没有启用门户网站，不能建立主动公开的草稿。")
    try:
        drafted = _drafter[0](request.organ, draft)
    except NoPlaceForDrafts as error:
        raise ActRefused(str(error)) from error
    note_step(
        request,
        STEP,
        user=actor,
        on=timezone.localdate(),
        note=f"在“{drafted.column}”栏目建立主动公开草稿《{draft.title}》（未发布）",
        url=drafted.url,
    )
    return drafted


def draft_of(request: InfoRequest) -> PublicationDraft:
    """What would go into the draft; raises ActRefused when there is nothing that may be published."""
    rule = BY_CODE.get(request.outcome)
    if request.closed_on is None or rule is None or not rule.discloses:
        raise ActRefused("只有已经答复“予以公开”或者“部分公开”的申请，才能转为主动公开。")
    if request.anonymised_at is not None:
        raise ActRefused("这件申请的内容已按保存期限销毁，请直接新建信息。")
    decision = request.decisions.filter(state=Decision.State.APPROVED, code=rule.code).latest("pk")
    told = str(decision.facts.get(WHAT_WAS_GIVEN[rule.code], ""))
    return PublicationDraft(
        title=request.subject,
        given=tuple(line.strip() for line in told.splitlines() if line.strip()),
        file_names=tuple(file.name for file in current_files(request)),
        request_number=request.number,
    )
