"""Back-office addresses of organs and people."""

from django.urls import path

from gongkai.agencies.views import filings, hand_overs, organs, working_groups

app_name = "agencies"
urlpatterns = [
    path("jigou/", organs.index, name="index"),
    path("jigou/<str:code>/", organs.organ, name="organ"),
    path("jigou/<str:code>/shouhui/<int:pk>/", organs.end_role, name="end_role"),
    path("jigou/<str:code>/renyuan/<str:username>/", organs.stop_person, name="stop_person"),
    path("jigou/<str:code>/<str:what>/", organs.change, name="change"),
    path("gangwei/", hand_overs.listing, name="hand_overs"),
    path("gangwei/xin/", hand_overs.draw_up, name="draw_up_hand_over"),
    path("gangwei/<int:pk>/", hand_overs.detail, name="hand_over"),
    path("gangwei/<int:pk>/tianxie/", hand_overs.fill, name="fill_hand_over"),
    path("gangwei/<int:pk>/tuihui/", hand_overs.send_back, name="send_back_hand_over"),
    path("gangwei/<int:pk>/zuofei/", hand_overs.void, name="void_hand_over"),
    path("gangwei/<int:pk>/qingdan.pdf", hand_overs.paper, name="hand_over_paper"),
    path("gangwei/<int:pk>/qian/<str:whose>/", hand_overs.sign, name="sign_hand_over"),
    path("zuzhi/", working_groups.listing, name="groups"),
    path("zuzhi/xin/", working_groups.establish, name="establish_group"),
    path("zuzhi/<int:pk>/", working_groups.detail, name="group"),
    path("zuzhi/<int:pk>/zengjia/", working_groups.add, name="add_members"),
    path("zuzhi/<int:pk>/chengyuan/<int:member>/", working_groups.change, name="change_member"),
    path("zuzhi/<int:pk>/zhize/", working_groups.amend, name="amend_group"),
    path("zuzhi/<int:pk>/chexiao/", working_groups.end, name="end_group"),
    path("zuzhi/<int:pk>/mingce.<str:kind>", working_groups.roster, name="group_roster"),
    path("baobei/", filings.listing, name="filings"),
    path("baobei/xin/", filings.file, name="file_changes"),
    path("baobei/shezhi/", filings.rule, name="filing_rule"),
    path("baobei/<int:pk>/", filings.detail, name="filing"),
    path("baobei/<int:pk>/huizhi/", filings.receipt, name="filing_receipt"),
    path("baobei/<int:pk>/huizhi/xiazai/", filings.receipt_file, name="filing_receipt_file"),
]
