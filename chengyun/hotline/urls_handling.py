"""Addresses: the unit's form, audit, callbacks and ratings."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengyun.hotline.handling.views import (
    audits,
    callbacks,
    city,
    measured,
    rates,
    reopens,
    settings,
    templates,
)

urlpatterns: list[URLPattern] = [
    path("hotline/audits/", audits.queue, name="audits"),
    path("hotline/audits/<str:number>/", audits.page, name="audit"),
    path("hotline/callbacks/", callbacks.queue, name="callbacks"),
    path("hotline/callbacks/<str:number>/", callbacks.page, name="callback"),
    path("hotline/callbacks/<str:number>/dial/", callbacks.dial, name="dial"),
    path("hotline/rates/", rates.page, name="rates"),
    path("hotline/reopens/", reopens.listing, name="reopens"),
    path("hotline/reopens/<int:ask_id>/", reopens.decide, name="reopen"),
    path("hotline/city-results/", city.page, name="city-results"),
    path("hotline/city-results/<int:run_id>/rejects.csv", city.rejects, name="city-rejects"),
    path("hotline/reply-templates/", templates.listing, name="templates"),
    path("hotline/reply-templates/new/", templates.new, name="template-new"),
    path("hotline/reply-templates/<int:template_id>/", templates.one, name="template"),
    path("hotline/reply-templates/<int:template_id>/retire/", templates.retire, name="template-retire"),
    path("hotline/reply-templates/for/<str:number>/", templates.drafts, name="template-drafts"),
    path("hotline/handling-rows/", settings.rows, name="handling-rows"),
    path("hotline/handling-rows/<str:kind>/new/", settings.new_row, name="handling-row-new"),
    path("hotline/handling-rows/<int:row_id>/stop/", settings.stop_row, name="handling-row-stop"),
    path("hotline/sampling/", settings.sampling, name="sampling"),
    path("hotline/sampling/new/", settings.new_sampling, name="sampling-new"),
    path("hotline/sampling/<int:rule_id>/stop/", settings.stop_sampling, name="sampling-stop"),
    path("hotline/measured/<str:name>/", measured.page, name="measured"),
]
