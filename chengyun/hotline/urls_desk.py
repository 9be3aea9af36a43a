"""Addresses: calls, the intake screen and its drafts, and the decision table."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengyun.hotline.desk import hook
from chengyun.hotline.desk.views import calls, drafts, flags, intake, lines

urlpatterns: list[URLPattern] = [
    path("api/telephony/calls", hook.telephony, name="telephony"),
    path("api/v1/telephony/calls", hook.telephony, name="telephony-v1"),
    path("hotline/register/", intake.register, name="register"),
    path("hotline/register/earlier/", intake.earlier, name="earlier"),
    path("hotline/register/draft/", drafts.keep, name="keep-draft"),
    path("hotline/register/draft/drop/", drafts.drop, name="drop-draft"),
    path("hotline/register/hints/", lines.hints, name="decision-hints"),
    path("hotline/calls/", calls.page, name="calls"),
    path("hotline/calls/live/", calls.live, name="live-calls"),
    path("hotline/calls/new/", calls.new_call, name="new-call"),
    path("hotline/calls/<int:call_id>/open/", calls.open_call, name="open-call"),
    path("hotline/call-backs/<int:call_back_id>/number/", calls.number, name="call-back-number"),
    path("hotline/call-backs/<int:call_back_id>/note/", calls.note, name="note-call-back"),
    path("hotline/caller-flags/", flags.flags, name="flags"),
    path("hotline/caller-flags/add/", flags.add, name="add-flag"),
    path("hotline/caller-flags/<int:flag_id>/end/", flags.end, name="end-flag"),
    path("hotline/decision-table/", lines.table, name="decision-table"),
    path("hotline/decision-table/add/", lines.add, name="add-decision-line"),
    path("hotline/decision-table/<int:line_id>/", lines.edit, name="edit-decision-line"),
    path("hotline/decision-table/<int:line_id>/end/", lines.end, name="end-decision-line"),
]
