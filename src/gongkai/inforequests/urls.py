"""Back-office addresses of applications for information, mounted under Wagtail's admin."""

from django.urls import path

from gongkai.inforequests import statistics_urls
from gongkai.inforequests.views import cases, decisions, disputes, files, office, registering

app_name = "inforequests"
_CASE = "shenqing/<int:pk>/"
urlpatterns = [
    path("shenqing/", cases.queue, name="queue"),
    path("shenqing/cuiban/", cases.remind, name="remind"),
    path("shenqing/suoyou/", cases.listing, name="listing"),
    path("shenqing/rili/", cases.month, name="month"),
    path("shenqing/jianyi/", cases.suggestions, name="suggestions"),
    path("shenqing/dengji/", registering.register, name="register"),
    path("shenqing/jigou/", office.profile, name="profile"),
    path("shenqing/wenshu/", office.templates, name="templates"),
    path("shenqing/wenshu/<int:kind_number>/", office.template, name="template"),
    path("shenqing/wenshu/<int:kind_number>/yangzhang.pdf", office.template_file, name="template_file"),
    path("shenqing/yijiao/", office.hand_over, name="hand_over"),
    path("shenqing/baocun/", office.retention, name="retention"),
    path("shenqing/susong/", disputes.disputes, name="disputes"),
    path("shenqing/susong/dengji/", disputes.new, name="dispute_new"),
    path("shenqing/susong/<int:pk>/", disputes.dispute, name="dispute"),
    *statistics_urls.urlpatterns,
    path(_CASE, cases.detail, name="detail"),
    path(_CASE + "ban/<slug:slug>/", cases.act, name="act"),
    path(_CASE + "nijueding/", decisions.draft, name="draft"),
    path(_CASE + "dangchang/", decisions.draft, {"spot": True}, name="on_the_spot"),
    path(_CASE + "yulan/", decisions.preview, name="preview"),
    path(_CASE + "yulan/dafu.pdf", decisions.preview_file, name="preview_file"),
    path(_CASE + "pizhun/", decisions.approve, name="approve"),
    path(_CASE + "shenqingren/", cases.applicant, name="applicant"),
    path(_CASE + "cailiao/<int:attachment_pk>/", cases.attachment, name="attachment"),
    path(_CASE + "biao/<slug:name>/", cases.form_file, name="form_file"),
    path(_CASE + "wenshu/<int:letter_pk>/songda/", cases.serve_letter, name="serve_letter"),
    path(_CASE + "wenshu/<int:letter_pk>.<str:fmt>", cases.letter_file, name="letter_file"),
    path(_CASE + "huizheng/<int:delivery_pk>.pdf", cases.service_return, name="service_return"),
    path(_CASE + "wenjian/", files.files, name="files"),
    path(_CASE + "wenjian/shencha/", files.review, name="review"),
    path(_CASE + "wenjian/<int:file_pk>/", files.file, name="file"),
    path(_CASE + "wenjian/<int:file_pk>/xiazai/", files.file_download, name="file_download"),
    path(_CASE + "wenjian/<int:file_pk>/zhegai/", files.redaction, name="redaction"),
    path(_CASE + "wenjian/<int:file_pk>/zhegai/baocun/", files.redact, name="redact"),
    path(_CASE + "wenjian/<int:file_pk>/zhegai/chazhao/", files.search, name="file_search"),
    path(_CASE + "wenjian/<int:file_pk>/ye/<int:number>.png", files.picture, name="page_picture"),
    path(_CASE + "wenjian/<int:file_pk>/<slug:what>/", files.file_act, name="file_act"),
]
