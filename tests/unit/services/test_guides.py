"""Guides: what may go live, by whom, and what the public reads."""

import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests import factories
from tests.factories import interaction as made

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.audit.models import Event
from gongkai.core.guides import ELEMENTS
from gongkai.releasefiles.errors import UploadRefused
from gongkai.services.errors import GuideRefused
from gongkai.services.guides import acts
from gongkai.services.guides.models import Guide, GuideVersion

pytestmark = pytest.mark.django_db
COLUMN_LABELS = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}


@pytest.mark.parametrize("absent", [key for key in ELEMENTS if key != "name"])
def test_a_guide_that_lacks_an_element_is_not_submitted(organ, absent):
    """V-W-15: the eight elements; none may be blank."""
    version = made.guide_draft(organ, **{absent: [] if absent == "materials" else " "})

    with pytest.raises(GuideRefused, match=ELEMENTS[absent]):
        acts.submit(version=version, waived="", actor=made.writer(organ))


@pytest.mark.parametrize("absent", [key for key in ELEMENTS if key not in {"materials"}])
def test_the_database_itself_refuses_a_live_guide_without_an_element(organ, absent):
    version = made.live_guide(organ)

    with pytest.raises(IntegrityError), transaction.atomic():
        GuideVersion.objects.filter(pk=version.pk).update(**{absent: ""})


def test_a_guide_goes_live_by_another_persons_hand_alone(organ):
    version = made.submitted_guide(organ)
    both = factories.holder(organ, Role.INFORMATION_OFFICER, Role.FINAL_REVIEWER)
    own = acts.submit(
        version=acts.change(version=made.guide_draft(organ), given={}, actor=both), waived="", actor=both
    )

    with pytest.raises(GuideRefused, match="另一人"):
        acts.publish(version=own, note="", is_clear=True, actor=both)
    with pytest.raises(AccessDenied):
        acts.publish(version=version, note="", is_clear=True, actor=made.office(organ))
    with pytest.raises(GuideRefused, match="秘密"):
        acts.publish(version=version, note="", is_clear=False, actor=made.head(organ))
    with pytest.raises(IntegrityError), transaction.atomic():
        GuideVersion.objects.filter(pk=version.pk).update(state="live", reviewed_by=version.drafted_by)
    live = acts.publish(version=version, note="", is_clear=True, actor=made.head(organ))

    assert live.state == GuideVersion.State.LIVE
    assert Event.objects.filter(action="guide.published", subject_id=str(live.pk)).exists()


def test_what_was_altered_past_the_review_is_not_published_and_not_shown(organ, client):
    version = made.submitted_guide(organ)
    GuideVersion.objects.filter(pk=version.pk).update(place="别处")
    with pytest.raises(GuideRefused, match="不一致"):
        acts.publish(version=version, note="", is_clear=True, actor=made.head(organ))

    live = made.live_guide(organ)
    address = reverse("portal:guide", args=[live.guide_id])
    assert client.get(address).status_code == 200
    GuideVersion.objects.filter(pk=live.pk).update(telephone="假电话")
    assert client.get(address).status_code == 404


def test_submitted_content_stands_still(organ):
    version = made.submitted_guide(organ)

    with pytest.raises(GuideRefused, match="不能改"):
        acts.change(version=version, given={"place": "别处"}, actor=made.writer(organ))
    acts.send_back(version=version, note="写清窗口", actor=made.head(organ))
    changed = acts.change(version=version, given={"place": "2号窗口"}, actor=made.writer(organ))
    assert changed.place == "2号窗口"


def test_vague_materials_are_refused(organ):
    """D-09."""
    version = made.guide_draft(
        organ, materials=[{"name": "法律法规规定的其他材料", "copies": 1, "form": "原件", "note": ""}]
    )

    with pytest.raises(GuideRefused, match="兜底"):
        acts.submit(version=version, waived="", actor=made.writer(organ))


def test_a_serious_finding_is_mended_or_kept_with_a_reason(organ):
    version = made.guide_draft(organ, conditions="依照中华人民共合国法律登记的企业。")

    with pytest.raises(GuideRefused, match="严重疑点"):
        acts.submit(version=version, waived="", actor=made.writer(organ))
    assert acts.submit(version=version, waived="引自原文", actor=made.writer(organ)).waived == "引自原文"


def test_a_new_version_replaces_the_old_one_only_when_it_is_published(organ, client):
    live = made.live_guide(organ, place="老窗口")
    address = reverse("portal:guide", args=[live.guide_id])
    second = acts.begin_version(guide=live.guide, actor=made.writer(organ))
    acts.change(version=second, given={"place": "新窗口"}, actor=made.writer(organ))
    acts.submit(version=second, waived="", actor=made.writer(organ))
    assert "老窗口" in client.get(address).content.decode()
    with pytest.raises(GuideRefused, match="正在拟稿"):
        acts.begin_version(guide=live.guide, actor=made.writer(organ))

    acts.publish(version=second, note="", is_clear=True, actor=made.head(organ))

    page = client.get(address).content.decode()
    assert "新窗口" in page
    assert "老窗口" not in page
    assert GuideVersion.objects.get(pk=live.pk).state == GuideVersion.State.SUPERSEDED


def test_a_withdrawn_guide_is_gone(organ, client):
    live = made.live_guide(organ)
    with pytest.raises(GuideRefused, match="理由"):
        acts.withdraw(guide=live.guide, reason=" ", actor=made.office(organ))

    acts.withdraw(guide=live.guide, reason="事项取消", actor=made.office(organ))

    assert client.get(reverse("portal:guide", args=[live.guide_id])).status_code == 404
    assert live.name not in client.get(reverse("portal:guides")).content.decode()


def test_forms_are_screened_kept_by_versions_and_downloaded_once_published(organ, client):
    version = made.guide_draft(organ)
    stored = acts.add_file(
        version=version, title="申请表", data="名称：".encode(), name="申请表.txt", is_sample=False,
        actor=made.writer(organ),
    )  # fmt: skip
    address = reverse("portal:guide_file", args=[version.guide_id, stored.pk])
    with pytest.raises(UploadRefused):
        acts.add_file(
            version=version, title="坏的", data=b"MZ\x90\x00" + b"\0" * 200, name="坏.pdf", is_sample=False,
            actor=made.writer(organ),
        )  # fmt: skip
    with pytest.raises(GuideRefused, match="另起"):
        acts.add_file(
            version=version,
            title="申请表",
            data=b"x",
            name="a.txt",
            is_sample=False,
            actor=made.writer(organ),
        )
    assert client.get(address).status_code == 404

    acts.submit(version=version, waived="", actor=made.writer(organ))
    acts.publish(version=version, note="", is_clear=True, actor=made.head(organ))

    answer = client.get(address)
    assert answer.content.decode() == "名称："
    assert "attachment" in answer["Content-Disposition"]
    second = acts.begin_version(guide=version.guide, actor=made.writer(organ))
    acts.drop_file(file=second.files.get(), actor=made.writer(organ))
    assert client.get(address).status_code == 200


def test_public_pages_carry_their_labels(organ, client):
    """Labels: 7 on the list, 10 on the guide."""
    live = made.live_guide(organ)

    listing = client.get(reverse("portal:guides")).content.decode()
    page = client.get(reverse("portal:guide", args=[live.guide_id])).content.decode()

    for name in COLUMN_LABELS | {"SiteName", "SiteDomain", "SiteIDCode"}:
        assert f'<meta name="{name}"' in listing
        assert f'<meta name="{name}"' in page
    assert "ArticleTitle" not in listing
    for name in ("ArticleTitle", "PubDate", "ContentSource"):
        assert f'<meta name="{name}"' in page
    for text in ("示园发〔2025〕3号", "3号窗口", "13:30—17:00", "0510-80000002", "公示", "申请表"):
        assert text in page


def test_the_search_finds_guides_and_drafts_never(organ, client):
    made.live_guide(organ, name="稳岗补贴申领")
    made.guide_draft(organ, name="稳岗补贴草稿")

    found = client.get(reverse("portal:search"), {"q": "稳岗补贴"}).content.decode()

    assert "稳岗补贴申领" in found
    assert "稳岗补贴草稿" not in found


def test_the_office_walks_from_draft_to_publication_on_its_screens(organ, client):
    client.force_login(made.writer(organ))
    answer = client.post(reverse("services:guide_begin"), {"name": "人才公寓申请"})
    version = GuideVersion.objects.get(name="人才公寓申请")
    assert answer.url == reverse("services:guide_change", args=[version.pk])
    typed = {
        **made.ELEMENTS,
        "name": version.name,
        "listed": "申请表｜x",
        "audience": "person",
        "fee": "不收费",
    }
    del typed["materials"]
    refused = client.post(answer.url, typed)
    assert refused.status_code == 422
    assert "第 1 行" in refused.content.decode()
    assert client.post(answer.url, {**typed, "listed": "申请表｜1"}).status_code == 302
    upload = io.BytesIO(b"form")
    upload.name = "biao.txt"
    client.post(reverse("services:guide_add_file", args=[version.pk]), {"title": "申请表", "file": upload})
    assert client.post(reverse("services:guide_submit", args=[version.pk]), {"waived": ""}).status_code == 302

    client.force_login(made.head(organ))
    assert "审核公布" in client.get(reverse("services:guide", args=[version.pk])).content.decode()
    assert "人才公寓申请" in client.get(reverse("services:guides")).content.decode()
    client.post(reverse("services:guide_publish", args=[version.pk]), {"note": "", "is_clear": "on"})

    assert Guide.objects.get(pk=version.guide_id).live_id == version.pk
    assert version.files.count() == 1


def test_who_holds_no_role_sees_no_guides(organ, client):
    client.force_login(factories.holder(factories.organ(), Role.PARK_SUPERVISOR))

    assert client.get(reverse("services:guides")).status_code in {302, 403}
