"""Back-office addresses of the review before publication, mounted under Wagtail's admin."""

from django.urls import path

from gongkai.publishing.views import catalogue, imports, papers, reviews

app_name = "publishing"
_REVIEW = "shenhe/<int:pk>/"
urlpatterns = [
    path("shenhe/", reviews.desk, name="desk"),
    path("shenhe/jilu/", reviews.listing, name="listing"),
    path("shenhe/xinxi/<int:pk>/songshen/", reviews.submit, name="submit"),
    path("shenhe/xinxi/<int:pk>/chexia/", reviews.withdraw, name="withdraw"),
    path(_REVIEW, reviews.review, name="review"),
    path(_REVIEW + "tongyi/", reviews.sign, name="sign"),
    path(_REVIEW + "tuihui/", reviews.send_back, name="send_back"),
    path(_REVIEW + "yijian/", reviews.remark, name="remark"),
    path(_REVIEW + "fabu/", reviews.publish, name="publish"),
    path(_REVIEW + "shenhebiao.pdf", reviews.form_file, name="form_file"),
    path("mulu/", catalogue.editions, name="editions"),
    path("mulu/bianzhi/", catalogue.start, name="start_edition"),
    path("mulu/lanmu/", catalogue.freshness, name="freshness"),
    path("mulu/<int:pk>/", catalogue.edition, name="edition"),
    path("mulu/<int:pk>/shixing/", catalogue.put_in_force, name="put_in_force"),
    path("mulu/<int:pk>/daochu.xlsx", catalogue.export, name="export_edition"),
    path("mulu/<int:pk>/shixiang/", catalogue.entry, name="add_entry"),
    path("mulu/<int:pk>/shixiang/<int:entry_pk>/", catalogue.entry, name="entry"),
    path("mulu/<int:pk>/shixiang/<int:entry_pk>/shanqu/", catalogue.remove, name="remove_entry"),
    path("xinxi/daoru/", imports.imports, name="imports"),
    path("xinxi/daoru/moban.xlsx", imports.template, name="import_template"),
    path("xinxi/daoru/<int:pk>/", imports.batch, name="import_batch"),
    path("xinxi/daoru/<int:pk>/daoru/", imports.run, name="run_import"),
    path("xinxi/daoru/<int:pk>/baogao.xlsx", imports.report, name="import_report"),
    path("xinxi/lanmu/<int:pk>/word/", imports.take_over, name="take_over"),
    path("shuxing/", papers.papers, name="papers"),
    path("shuxing/dengji/", papers.propose, name="propose"),
    path("shuxing/<int:pk>/", papers.paper, name="paper"),
    path("shuxing/<int:pk>/xiugai/", papers.propose, name="repropose"),
    path("shuxing/<int:pk>/shenhe/", papers.review, name="review_paper"),
    path("shuxing/<int:pk>/rending/", papers.decide, name="decide_paper"),
    path("shuxing/<int:pk>/tuiwen/", papers.send_back, name="return_paper"),
    path("shuxing/<int:pk>/pinggu/", papers.reassess, name="reassess_paper"),
    path("shuxing/<int:pk>/caogao/", papers.draft, name="draft_paper"),
]
