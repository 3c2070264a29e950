"""Back-office addresses of the review before publication, mounted under Wagtail's admin."""

from django.urls import path

from gongkai.publishing.views import reviews

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
]
