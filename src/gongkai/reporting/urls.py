"""Back-office addresses of the annual report, mounted under Wagtail's admin."""

from django.urls import path

from gongkai.reporting.views import ledgers, reports, rollups

app_name = "reporting"
urlpatterns = [
    path("nianbao/", reports.report_list, name="reports"),
    path("nianbao/<int:pk>/", reports.report, name="report"),
    path("nianbao/<int:pk>/wenzi/", reports.save_text, name="save_text"),
    path("nianbao/<int:pk>/shuoming/", reports.explain, name="explain"),
    path("nianbao/<int:pk>/zhibiao/<str:key>/", reports.figure, name="figure"),
    path("nianbao/<int:pk>/wenjian/<str:fmt>/", reports.preview_file, name="preview_file"),
    path("nianbao/<int:pk>/<str:name>/", reports.act, name="act"),
    path("taizhang/", ledgers.index, name="ledgers"),
    path("taizhang/<str:organ_code>/<str:key>/", ledgers.ledger, name="ledger"),
    path("taizhang/<str:organ_code>/<str:key>/moban/", ledgers.template, name="ledger_template"),
    path("taizhang/<str:organ_code>/<str:key>/daoru/", ledgers.import_file, name="import"),
    path("taizhang/<str:organ_code>/<str:key>/daoru/queren/", ledgers.run_import, name="run_import"),
    path("taizhang/<str:organ_code>/<str:key>/<int:pk>/chexiao/", ledgers.withdraw, name="withdraw"),
    path("taizhang/<str:organ_code>/<str:key>/<int:pk>/zhengming/", ledgers.evidence, name="evidence"),
    path("huizong/", rollups.start, name="rollups"),
    path("huizong/<str:organ_code>/<int:year>/", rollups.rollup, name="rollup"),
    path("huizong/<str:organ_code>/<int:year>/shuju/<str:key>/", rollups.figure, name="rollup_figure"),
    path("huizong/<str:organ_code>/<int:year>/<str:unit_code>/", rollups.collect, name="collect"),
]
