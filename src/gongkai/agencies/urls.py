"""Back-office addresses of organs and people."""

from django.urls import path

from gongkai.agencies import views

app_name = "agencies"
urlpatterns = [
    path("jigou/", views.index, name="index"),
    path("jigou/<str:code>/", views.organ, name="organ"),
    path("jigou/<str:code>/shouhui/<int:pk>/", views.end_role, name="end_role"),
    path("jigou/<str:code>/renyuan/<str:username>/", views.stop_person, name="stop_person"),
    path("jigou/<str:code>/<str:what>/", views.change, name="change"),
]
