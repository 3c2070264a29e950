"""Back-office addresses of supervision, mounted under Wagtail's admin."""

from django.urls import path

from gongkai.supervision.views import inspections

app_name = "supervision"
urlpatterns = [
    path("xuncha/", inspections.runs, name="runs"),
    path("xuncha/faqi/", inspections.start, name="start"),
    path("xuncha/huifang/", inspections.replay, name="replay"),
    path("xuncha/<int:pk>/", inspections.run, name="run"),
    path("xuncha/<int:pk>/zhengju.json", inspections.evidence_file, name="evidence"),
    path("xuncha/liucun/<int:pk>/", inspections.copy, name="copy"),
    path("xuncha/wenti/<int:pk>/heshi/", inspections.rule, name="rule"),
]
