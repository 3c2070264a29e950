"""Addresses of the statistics, taken into the app's own."""

from django.urls import path

from gongkai.inforequests.views import statistics

urlpatterns = [path("shenqing/tongji/", statistics.statistics_page, name="statistics")]
