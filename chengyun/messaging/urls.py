"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from chengyun.messaging.views import callbacks, gateways, log, notices, opt_outs, usage, words

app_name = "messaging"
urlpatterns = [
    path("messages/", log.messages_page, name="messages"),
    path("messages/<int:message_id>/", log.message_page, name="message"),
    path("messages/inbound/", log.inbound_page, name="inbound"),
    path("messages/inbound/<int:inbound_id>/", log.inbound_message_page, name="inbound-message"),
    path("messages/opt-outs/", opt_outs.opt_outs_page, name="opt-outs"),
    path("messages/opt-outs/new/", opt_outs.new_opt_out, name="new-opt-out"),
    path("messages/opt-outs/<int:opt_out_id>/end/", opt_outs.end, name="end-opt-out"),
    path("messages/templates/", words.templates_page, name="templates"),
    path("messages/templates/<slug:name>/", words.template_page, name="template"),
    path("messages/templates/<slug:name>/preview/", words.preview, name="preview"),
    path("messages/templates/<slug:name>/switch/", words.switch, name="switch-template"),
    path("messages/rules/", words.rules_page, name="rules"),
    path("messages/rules/<slug:name>/", words.edit_rule, name="edit-rule"),
    path("messages/notices/", notices.page, name="notices"),
    path("messages/notices/seen/", notices.seen, name="notices-seen"),
    path("messages/usage/", usage.usage_page, name="usage"),
    path("messages/usage/package/", usage.edit_package, name="edit-package"),
    path("messages/usage/<slug:month>.csv", usage.month_file, name="month-file"),
    path("messages/gateways/", gateways.gateways_page, name="gateways"),
    path("messages/gateways/new/", gateways.new_gateway, name="new-gateway"),
    path("messages/gateways/<slug:name>/", gateways.edit_gateway, name="gateway"),
    path("messages/gateways/<slug:name>/probe/", gateways.probe, name="probe-gateway"),
    path("api/messaging/reports/<slug:gateway>", callbacks.reports, name="reports-callback"),
    path("api/messaging/inbound/<slug:gateway>", callbacks.messages, name="inbound-callback"),
]
