"""Back-office addresses of the style book, mounted under Wagtail's admin."""

from django.urls import path

from gongkai.proofing import views

app_name = "proofing"
urlpatterns = [
    path("jiaodui/", views.book, name="book"),
    path("jiaodui/tianjia/", views.add, name="add"),
    path("jiaodui/<int:pk>/", views.entry, name="entry"),
    path("jiaodui/<int:pk>/tingyong/", views.end, name="end"),
]
