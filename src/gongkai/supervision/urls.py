"""Back-office addresses of supervision, mounted under Wagtail's admin."""

from django.urls import path

from gongkai.supervision.views import inspections, rectifications

app_name = "supervision"
urlpatterns = [
    path("xuncha/", inspections.runs, name="runs"),
    path("xuncha/faqi/", inspections.start, name="start"),
    path("xuncha/huifang/", inspections.replay, name="replay"),
    path("xuncha/<int:pk>/", inspections.run, name="run"),
    path("xuncha/<int:pk>/zhengju.json", inspections.evidence_file, name="evidence"),
    path("xuncha/liucun/<int:pk>/", inspections.copy, name="copy"),
    path("xuncha/wenti/<int:pk>/heshi/", inspections.rule, name="rule"),
    path("xuncha/wenti/<int:pk>/zhenggai/", rectifications.issue_for, name="issue_for"),
    path("zhenggai/", rectifications.listing, name="rectifications"),
    path("zhenggai/xiafa/", rectifications.issue, name="issue"),
    path("zhenggai/yuanyin/", rectifications.causes, name="causes"),
    path("zhenggai/<int:pk>/", rectifications.detail, name="rectification"),
    path("zhenggai/<int:pk>/fankui/", rectifications.report, name="report"),
    path("zhenggai/<int:pk>/fucha/", rectifications.recheck, name="recheck"),
    path("zhenggai/<int:pk>/tongzhi.pdf", rectifications.letter, name="letter"),
]
