"""Back-office addresses of the review before publication, mounted under Wagtail's admin."""

from django.urls import path

from gongkai.publishing.views import normative, reviews

app_name = "publishing"
_REVIEW = "shenhe/<int:pk>/"
_DOCUMENT = "guifan/<int:pk>/"
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
    path("guifan/", normative.listing, name="normative_list"),
    path("guifan/qicao/", normative.begin, name="normative_begin"),
    path("guifan/dengji/", normative.take_over, name="normative_take_over"),
    path("guifan/qingli/", normative.cleanups, name="normative_cleanups"),
    path("guifan/qingli/xin/", normative.clean_up, name="normative_clean_up"),
    path("guifan/shezhi/", normative.office, name="normative_office"),
    path("guifan/zhengqiu/<int:pk>/", normative.opinions, name="normative_opinions"),
    path("guifan/zhengqiu/<int:pk>/fankui/", normative.feedback, name="normative_feedback"),
    path("guifan/yijian/<int:pk>/", normative.handle, name="normative_handle"),
    path(_DOCUMENT, normative.detail, name="normative"),
    path(_DOCUMENT + "xiugai/", normative.change, name="normative_change"),
    path(_DOCUMENT + "banli/", normative.enter_step, name="normative_step"),
    path(_DOCUMENT + "guanxi/", normative.relate, name="normative_relate"),
    path(_DOCUMENT + "jiedu-fangan/", normative.plan, name="normative_plan"),
    path(_DOCUMENT + "buzuo-jiedu/", normative.waive, name="normative_waive"),
    path(_DOCUMENT + "jiedu/", normative.link, name="normative_link"),
    path(_DOCUMENT + "gongbu/", normative.make_item, name="normative_item"),
    path(_DOCUMENT + "gongwen.<str:form>", normative.paper, name="normative_paper"),
    path(_DOCUMENT + "zhengqiu/", normative.consult, name="normative_consult"),
]
