"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from chengyun.worktime import views, views_edit

app_name = "worktime"
urlpatterns = [
    path("worktime/calendar/", views.calendar_page, name="calendar"),
    path("worktime/calendar/<int:year>/publish/", views_edit.publish, name="publish"),
    path("worktime/calendar/days/<str:day>/", views_edit.edit_day, name="day"),
    path("worktime/changes/<int:change>/recompute/", views_edit.recompute, name="recompute"),
    path("worktime/hours/", views.hours_page, name="hours"),
    path("worktime/hours/edit/", views_edit.edit_hours, name="edit-hours"),
    path("worktime/hours/meaning/", views_edit.edit_meaning, name="edit-meaning"),
    path("worktime/limits/", views.limits_page, name="limits"),
    path("worktime/limits/new/", views_edit.new_limit, name="new-limit"),
    path("worktime/limits/<int:limit>/", views_edit.edit_limit, name="limit"),
    path("worktime/limits/<int:limit>/end/", views_edit.stop_limit, name="end-limit"),
]
