"""Back-office addresses of the outbox."""

from django.urls import path

from gongkai.integrations import views

app_name = "integrations"
urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("<int:pk>/zaifa/", views.again, name="again"),
    path("<int:pk>/fangqi/", views.drop, name="drop"),
]
