"""Items and the proofreader: what is read, what stands in the way of release, what an accepted suggestion changes."""

import io
import json
import re
from datetime import date

import docx
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx.oxml import parse_xml
from tests import factories
from tests.factories import normative
from wagtail.documents.models import Document

from gongkai.agencies.roles import Role
from gongkai.audit.models import Event
from gongkai.core.publication import ROUTES, Route
from gongkai.proofing.models import ProofDecision, ProofRun
from gongkai.proofing.selectors import outcome_of
from gongkai.publishing import services
from gongkai.publishing.blocks import stored
from gongkai.publishing.canonical import latest_version
from gongkai.publishing.errors import NotReleased, ReviewRefused
from gongkai.publishing.models import Interpretation, ItemAttachment, ItemPage, ReleaseGrant
from gongkai.publishing.proofread.leaves import leaves_of
from gongkai.publishing.proofread.rich_text import replaced_in_html, words_with_places

pytestmark = pytest.mark.django_db
ORDER = ROUTES[Route.ORDINARY].before
ID = factories.resident_id(11)
LEAK = f"<p>联系人张某的公民身份证号{ID}，请核对。</p>"
TRACKED = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:ins w:id="1" w:author="a" '
    'w:date="2026-01-01T00:00:00Z"><w:r><w:t>后加的一句。</w:t></w:r></w:ins></w:p>'
)


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


def latest(item):
    return latest_version(ItemPage.objects.get(pk=item.pk))


def table(*rows):
    shape = {"first_row_is_table_header": True, "first_col_is_header": False, "table_header_choice": "row"}
    return stored("table", {"data": [list(row) for row in rows], "table_caption": "", **shape})


def proof_of(item):
    return outcome_of(services.proofread_item(latest(item), keep=True))


def rules(item):
    return [each.finding.rule for each in proof_of(item).open_serious]


def passed(item):
    """Reviewed up to the last stage before the final one."""
    return factories.signed_review(item, stages=len(ORDER) - 1)


def sign_final(review):
    actor = factories.reviewer(review.page.organ, Role.FINAL_REVIEWER)
    return services.sign(review=review, actor=actor, opinion="同意", checked=True)


def document(name, content):
    made = Document(title=name)
    made.file.save(name, ContentFile(content), save=False)
    made._set_document_file_metadata()
    made.file.close()
    made.save()
    return made


def tracked_docx():
    paper = docx.Document()
    paper.add_paragraph("名单如下。")
    paper.element.body.insert(0, parse_xml(TRACKED))
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


# ---- what is read


def test_words_know_where_they_stand_in_the_html():
    html = "<p>甲&amp;乙<b>登陆</b>系统</p><p>第二段</p>"
    words = words_with_places(html)

    assert words.text == "甲&乙登陆系统\n第二段\n"
    assert replaced_in_html(html, 3, 5, "登录") == "<p>甲&amp;乙<b>登录</b>系统</p><p>第二段</p>"
    assert replaced_in_html(html, 2, 4, "丙<") == "<p>甲&amp;丙&lt;<b>陆</b>系统</p><p>第二段</p>"
    assert replaced_in_html(html, 1, 2, "和") == "<p>甲和乙<b>登陆</b>系统</p><p>第二段</p>"


def test_every_text_of_an_item_is_read(organ):
    """Title, running text, table cells, alternative texts, questions, attachment names, summary."""
    given = {
        "data": [["设施", "数量"], ["充电桩", "表格里"]],
        "table_caption": "表题里",
        "first_row_is_table_header": True,
    }
    file = document("a.txt", "名单。".encode())
    item = factories.draft_item(
        organ=organ,
        title="标题里",
        body="<p>正文里</p>",
        summary="概述里",
        blocks=[
            stored("text", "<p>文字块里</p>"),
            stored("table", given),
            stored("questions", {"pairs": [{"question": "问里", "answer": "<p>答里</p>"}]}),
            stored("link", {"title": "链接里", "url": "https://www.example.com/"}),
        ],
        attachments=[ItemAttachment(document=file, title="附件名里")],
    )
    texts = " ".join(leaf.text for leaf in leaves_of(latest(item)))

    for word in ("标题", "正文", "概述", "文字块", "表格", "表题", "问", "答", "链接", "附件名"):
        assert f"{word}里" in texts


def test_every_save_is_proofread_and_typing_leaves_one_run(organ):
    item = factories.draft_item(organ=organ, body=LEAK)
    for number in range(3):
        draft = latest(item)
        draft.title = f"测试信息{number}"
        draft.save_revision()

    run = ProofRun.objects.get(kind="item", key=str(item.pk))
    assert run.title == "测试信息2"
    assert run.findings.filter(rule__startswith="PI-", quote=ID).count() == 1


# ---- the gate


@pytest.mark.parametrize(
    "fault",
    [
        "number in the text",
        "number in a cell",
        "tracked change",
        "number in a file",
        "dead page",
        "dead path",
    ],
)
def test_no_serious_fault_is_published_unnoticed(organ, fault):
    """Issue 5: a leaked ID number, a tracked change, a dead link."""
    given = {"body": "<p>名单见附件。</p>"}
    if fault == "number in the text":
        given["body"] = LEAK
    elif fault == "number in a cell":
        given["blocks"] = [table(["姓名", "备注"], ["张某", ID])]
    elif fault == "tracked change":
        given["attachments"] = [ItemAttachment(document=document("a.docx", tracked_docx()))]
    elif fault == "number in a file":
        content = f"张某的公民身份证号{ID}。".encode()
        given["attachments"] = [ItemAttachment(document=document("a.txt", content))]
    elif fault == "dead page":
        given["body"] = '<p>见<a linktype="page" id="99999">办事指南</a>。</p>'
    else:
        given["body"] = '<p>见<a href="/meiyou/zhe-yi-ye/">办事指南</a>。</p>'
    item = factories.draft_item(organ=organ, **given)
    review = passed(item)

    with pytest.raises(ReviewRefused, match="校对还有 1 处严重问题没有处理"):
        sign_final(review)
    finding = proof_of(item).open_serious[0].finding
    services.waive_finding(
        item=item,
        finding=finding,
        actor=factories.reviewer(organ, Role.CONFIDENTIALITY_REVIEWER),
        reason="核对过原件，确需公开",
    )
    sign_final(review)
    services.publish(item=item, actor=factories.reviewer(organ, Role.FINAL_REVIEWER))
    assert ItemPage.objects.get(pk=item.pk).live


def test_what_became_serious_after_the_last_signature_stops_the_release(organ):
    """The linked item is withdrawn between 终审 and 发布."""
    guide = factories.published_item(organ=organ, title="办事指南")
    item = factories.draft_item(
        organ=organ, body=f'<p>见<a linktype="page" id="{guide.pk}">办事指南</a>。</p>'
    )
    sign_final(passed(item))
    factories.withdraw_item(ItemPage.objects.get(pk=guide.pk))

    with pytest.raises(NotReleased, match="链接指向的网页不存在或者已经撤下"):
        services.publish(item=item, actor=factories.reviewer(organ, Role.FINAL_REVIEWER))
    assert not ReleaseGrant.objects.filter(page=item).exists()


def test_the_release_names_the_proof_it_relied_on(organ):
    item = factories.published_item(organ=organ)
    run = ProofRun.objects.filter(kind="item", key=str(item.pk), is_kept=True).last()

    event = Event.objects.filter(action="item.released").last()
    assert json.loads(event.data)["proof"] == run.pk


def test_the_urgent_way_passes_no_serious_fault_either(organ):
    item = factories.draft_item(organ=organ, body=LEAK)
    factories.signed_review(item, urgent_reason="险情预警")

    with pytest.raises(NotReleased, match="严重问题"):
        services.publish(item=item, actor=factories.reviewer(organ, Role.DISCLOSURE_HEAD))


@pytest.mark.parametrize(
    ("href", "is_dead"),
    [
        ("/", False), ("/sousuo/", False), ("https://www.example.com/nichts", False), ("mailto:a@example.cn", False),
        ("/nirgends/", True), ("http://testserver/nirgends/", True), ("/wenjian/999/a.pdf", True), ("gibtesnicht.html", True),
    ],
)  # fmt: skip
def test_links_into_the_own_site_are_followed(organ, href, is_dead):
    item = factories.draft_item(organ=organ, body=f'<p>见<a href="{href}">这里</a>。</p>')
    assert ("LK-01" in rules(item)) is is_dead


def test_a_link_to_a_draft_or_a_column(organ):
    column, draft = factories.column(), factories.draft_item(organ=organ)
    item = factories.draft_item(organ=organ, body=f'<p><a linktype="page" id="{column.pk}">栏目</a></p>')
    assert rules(item) == []
    item = factories.draft_item(organ=organ, body=f'<p><a linktype="page" id="{draft.pk}">草稿</a></p>')
    assert [each.finding.message for each in proof_of(item).open_serious] == ["链接指向的信息还没有发布"]


# ---- fields against each other


def errors(item, rule):
    return [each.finding.message for each in proof_of(item).open if each.finding.rule == rule]


def test_the_number_of_a_paper_fits_its_day_and_is_its_own(organ):
    """ST-13: year of the symbol; a symbol that another paper has."""
    given = {"organ": organ, "formed_on": date(2026, 1, 5)}
    assert errors(factories.draft_item(**given, document_number="示园管发〔2026〕1号"), "ST-13") == []
    wrong = errors(factories.draft_item(**given, document_number="示园管发〔2016〕1号"), "ST-13")
    assert wrong == ["文号是2016年的，成文日期是2026年"]
    factories.published_item(**given, title="停水通知", document_number="示园管发〔2026〕2号")
    again = errors(factories.draft_item(**given, document_number="示园管发〔2026〕2号"), "ST-13")
    assert again == ["已发布的“停水通知”用了同一文号"]


def test_an_interpretation_names_the_document_it_is_of(organ):
    """ST-20: told where an own text stands in the column of interpretations without its link."""
    column = factories.column(title="政策解读", column_type="政策解读")
    item = factories.draft_item(organ=organ, column=column, title="《园区办法》解读")
    assert "ST-20" in {one.rule for one in services.proofread_item(latest(item)).findings.all()}
    document = normative.published(organ)
    Interpretation.objects.create(document=document, page=item, linked_by=factories.editor(organ))
    assert "ST-20" not in {one.rule for one in services.proofread_item(latest(item)).findings.all()}
    other = factories.draft_item(organ=organ, column=factories.column(), title="《园区办法》解读")
    assert "ST-20" not in {one.rule for one in services.proofread_item(latest(other)).findings.all()}


def test_a_reprint_speaks_for_another_unit(organ):
    """LE-22 looks for strange units in the office's own texts only."""
    body = "<p>现将有关事项通知如下，请遵照执行。</p><p>联系单位：青山市高新区管委会</p>"
    own = factories.draft_item(organ=organ, body=body)
    assert "LE-22" in {one.rule for one in services.proofread_item(latest(own)).findings.all()}
    reprint = factories.draft_item(
        organ=organ, body=body, source_kind="reprint", source_url="https://www.example.cn/1"
    )
    assert "LE-22" not in {one.rule for one in services.proofread_item(latest(reprint)).findings.all()}


def test_a_last_day_that_is_over_is_found_in_new_papers_only(organ):
    """ST-11: deadline before publication."""
    body = "<p>报名截止时间为2026年1月1日，逾期不再受理。</p>"
    assert errors(factories.draft_item(organ=organ, body=body), "ST-11") == ["截止日期2026-01-01早于发布日期"]
    assert errors(factories.draft_item(organ=organ, body=body, formed_on=date(2025, 12, 1)), "ST-11") == []
    ahead = body.replace("2026年1月1日", f"{timezone.localdate().year + 1}年1月1日")
    assert errors(factories.draft_item(organ=organ, body=ahead), "ST-11") == []


# ---- decisions


def replaceable(item, wrong):
    run = services.proofread_item(latest(item))
    return next(each for each in run.findings.all() if each.quote == wrong and each.replacement is not None)


def test_an_accepted_suggestion_is_a_new_draft_with_only_that_changed(organ):
    editor = factories.editor(organ)
    item = factories.draft_item(
        organ=organ,
        by=editor,
        body="<p>请<b>登陆</b>系统填报，逾期不再受理。</p>",
        blocks=[
            table(["步骤", "要求"], ["一", "登陆系统"]),
            stored("text", "<p>请登陆平台。</p>"),
        ],
    )
    before = item.latest_revision_id

    for _ in range(3):
        services.accept_finding(item=item, finding=replaceable(item, "登陆"), actor=editor)

    draft = latest(item)
    assert draft.body == "<p>请<b>登录</b>系统填报，逾期不再受理。</p>"
    assert draft.blocks.get_prep_value()[0]["value"]["data"] == [["步骤", "要求"], ["一", "登录系统"]]
    assert draft.blocks.get_prep_value()[1]["value"] == "<p>请登录平台。</p>"
    assert ItemPage.objects.get(pk=item.pk).latest_revision_id > before
    assert ProofDecision.objects.filter(act="accepted", person=editor).count() == 3
    assert not ItemPage.objects.get(pk=item.pk).live


def test_a_finding_of_an_older_text_changes_nothing(organ):
    editor = factories.editor(organ)
    item = factories.draft_item(organ=organ, by=editor, body="<p>请登陆系统填报。</p>")
    finding = replaceable(item, "登陆")
    finding.run.is_kept = True
    finding.run.save()
    draft = latest(item)
    draft.body = "<p>请进入系统填报。</p>"
    draft.save_revision(user=editor)

    with pytest.raises(ReviewRefused, match="不在了"):
        services.accept_finding(item=item, finding=finding, actor=editor)
    assert latest(item).body == "<p>请进入系统填报。</p>"


def test_an_author_waives_nothing(organ):
    author = factories.holder(organ, Role.INFORMATION_OFFICER, Role.FINAL_REVIEWER)
    item = factories.draft_item(organ=organ, by=author, body=LEAK)
    finding = proof_of(item).open_serious[0].finding

    with pytest.raises(Exception, match="您写过或者改过"):
        services.waive_finding(item=item, finding=finding, actor=author, reason="确需公开的")


# ---- screens


def browser_of(person, **given):
    client = Client(**given)
    client.force_login(person)
    return client


def test_findings_stand_beside_the_text_and_are_decided_there(organ):
    editor = factories.editor(organ)
    item = factories.draft_item(organ=organ, by=editor, body=f"<p>请登陆系统填报。</p>{LEAK}")
    desk = browser_of(editor, enforce_csrf_checks=True)
    finding = replaceable(item, "登陆")
    edit = reverse("wagtailadmin_pages:edit", args=[item.pk])

    shown = desk.get(edit).content.decode()
    for part in ("<mark>登陆</mark>", 'form="gk-proof"', '<form id="gk-proof"'):
        assert part in shown
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)" form="gk-proof"', shown)[1]
    given = {"act": "accept", "back": edit, "csrfmiddlewaretoken": token}
    answer = desk.post(reverse("publishing:decide", args=[item.pk, finding.pk]), given, follow=True)
    assert answer.redirect_chain[-1][0] == edit
    assert "登录系统" in latest(item).body
    warned = desk.get(reverse("publishing:submit", args=[item.pk])).content.decode()
    assert ID in warned
    assert "送审前请看校对结果" in warned
    assert 'value="waive"' not in warned


def test_reviewers_waive_on_the_page_of_the_review(organ):
    item = factories.draft_item(organ=organ, by=factories.editor(organ), body=LEAK)
    review = passed(item)
    desk = browser_of(factories.reviewer(organ, Role.FINAL_REVIEWER))
    finding = proof_of(item).open_serious[0].finding
    address = reverse("publishing:review", args=[review.pk])

    assert 'value="waive"' in desk.get(address).content.decode()
    refused = desk.post(reverse("publishing:sign", args=[review.pk]), {"checked": "on", "opinion": "同意"})
    assert (refused.status_code, "还不能签署终审" in refused.content.decode()) == (422, True)
    given = {"act": "waive", f"reason-{finding.pk}": "本人要求公示", "back": address}
    desk.post(reverse("publishing:decide", args=[item.pk, finding.pk]), given)
    desk.post(reverse("publishing:sign", args=[review.pk]), {"checked": "on", "opinion": "同意"})
    review.refresh_from_db()
    assert review.state == "passed"
    assert "本人要求公示" in desk.get(address).content.decode()


def test_a_stranger_sees_no_findings(organ):
    item = factories.draft_item(organ=organ, body=LEAK)
    stranger = browser_of(factories.reviewer(factories.organ(), Role.FINAL_REVIEWER))

    answer = stranger.get(reverse("publishing:proof", args=[item.pk]))
    assert answer.status_code in {302, 403}
    assert ID not in answer.content.decode()
