"""Back-office addresses of guides and messages, mounted under Wagtail's admin."""

from django.urls import path

from gongkai.services.guides import views as guides
from gongkai.services.messages import views as messages

app_name = "services"
_GUIDE, _MESSAGE = "zhinan/<int:pk>/", "liuyan/<int:pk>/"
urlpatterns = [
    path("zhinan/", guides.listing, name="guides"),
    path("zhinan/xin/", guides.begin, name="guide_begin"),
    path(_GUIDE, guides.detail, name="guide"),
    path(_GUIDE + "xiugai/", guides.change, name="guide_change"),
    path(_GUIDE + "xinban/", guides.new_version, name="guide_new_version"),
    path(_GUIDE + "biaoge/", guides.add_file, name="guide_add_file"),
    path(_GUIDE + "biaoge/<int:file>/", guides.file, name="guide_file"),
    path(_GUIDE + "biaoge/<int:file>/yichu/", guides.drop_file, name="guide_drop_file"),
    path(_GUIDE + "songshen/", guides.submit, name="guide_submit"),
    path(_GUIDE + "gongbu/", guides.publish, name="guide_publish"),
    path(_GUIDE + "tuihui/", guides.send_back, name="guide_send_back"),
    path(_GUIDE + "chexia/", guides.withdraw, name="guide_withdraw"),
    path("liuyan/", messages.listing, name="messages"),
    path("liuyan/shezhi/", messages.office, name="message_office"),
    path(_MESSAGE, messages.detail, name="message"),
    path(_MESSAGE + "fenban/", messages.assign, name="message_assign"),
    path(_MESSAGE + "bushouli/", messages.refuse_invalid, name="message_refuse"),
    path(_MESSAGE + "dafu/", messages.answer, name="message_answer"),
    path(_MESSAGE + "shenhe/", messages.review, name="message_review"),
    path(_MESSAGE + "yinqu/", messages.redact, name="message_redact"),
    path(_MESSAGE + "gongkai/", messages.show, name="message_show"),
    path(_MESSAGE + "chexia/", messages.hide, name="message_hide"),
    path(_MESSAGE + "liuyanren/", messages.reveal, name="message_reveal"),
]
