"""Addresses of this room. Whatever stands beneath ``citizen/`` is open to all."""

from __future__ import annotations

from django.urls import path

from chengyun.citizen.views import app, cases, follow, ground, home, report, settings

app_name = "citizen"
urlpatterns = [
    path("citizen/", home.home, name="home"),
    path("citizen/about/", home.about, name="about"),
    path("citizen/offline/", home.offline, name="offline"),
    path("citizen/version/<str:which>/", home.version, name="version"),
    path("citizen/manifest.webmanifest", app.manifest, name="manifest"),
    path("citizen/worker.js", app.worker, name="worker"),
    path("citizen/report/", report.report, name="report"),
    path("citizen/report/nearby/", report.nearby, name="nearby"),
    path("citizen/report/code/", report.code, name="code"),
    path("citizen/report/photo/<str:token>/", report.waiting_photo, name="waiting-photo"),
    path("citizen/find/", follow.find, name="find"),
    path("citizen/mine/<str:token>/", follow.mine, name="mine"),
    path("citizen/mine/<str:token>/done/", follow.done, name="done"),
    path("citizen/mine/<str:token>/add/", follow.add, name="add"),
    path("citizen/mine/<str:token>/rate/", follow.rate, name="rate"),
    path("citizen/mine/<str:token>/reopen/", follow.reopen, name="reopen"),
    path("citizen/mine/<str:token>/photo/<int:photo_id>/<str:variant>/", follow.photo, name="photo"),
    path("citizen/cases/", cases.cases, name="cases"),
    path("citizen/cases/<int:case_id>/", cases.case, name="case"),
    path("citizen/cases/<int:case_id>/support/", cases.support, name="support"),
    path("citizen/cases/<int:case_id>/photo/<int:photo_id>/", cases.photo, name="case-photo"),
    path("citizen/api/cases.geojson", cases.geojson, name="geojson"),
    path("citizen/layers/outline.json", ground.layer, {"name": "outline"}, name="outline"),
    path("citizen/layers/streets.json", ground.layer, {"name": "streets"}, name="streets"),
    path("citizen/locate.json", ground.locate, name="locate"),
    path("citizen/suggest.json", ground.suggest, name="suggest"),
    path("public-pages/", settings.overview, name="settings"),
    path("public-pages/clear/", settings.clear, name="clear"),
    path("public-pages/rules/<str:name>/", settings.edit_rule, name="edit-rule"),
    path("public-pages/<str:kind>/new/", settings.add_row, name="add-row"),
    path("public-pages/<str:kind>/<int:row_id>/", settings.edit_row, name="edit-row"),
]
