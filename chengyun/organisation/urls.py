"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from chengyun.organisation.views import (
    audit,
    duties,
    entry,
    me,
    people,
    second_factor,
    security,
    tokens,
    units,
)

app_name = "organisation"

urlpatterns = [
    path("log-in/", entry.log_in, name="log-in"),
    path("log-out/", entry.log_out, name="log-out"),
    path("me/", me.me, name="me"),
    path("me/password/", entry.change_password, name="change-password"),
    path("me/second-factor/", second_factor.second_factor, name="second-factor"),
    path("me/second-factor/set-up/", second_factor.enrol, name="second-factor-enrol"),
    path("me/second-factor/recovery-codes/", second_factor.recovery_codes, name="recovery-codes"),
    path("me/substitute/", me.my_substitute, name="my-substitute"),
    path(
        "substitutions/<int:substitution_id>/end/", security.cancel_substitution, name="cancel-substitution"
    ),
    path("units/", units.units, name="units"),
    path("units/new/", units.new_unit, name="new-unit"),
    path("units/<int:unit_id>/", units.unit, name="unit"),
    path("units/<int:unit_id>/change/", units.change_unit, name="change-unit"),
    path("units/<int:unit_id>/move/", units.move_unit, name="move-unit"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new-person"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/change/", people.change_person, name="change-person"),
    path("people/<int:person_id>/account/", people.new_account, name="new-account"),
    path("people/<int:person_id>/give-post/", security.give_post, name="give-post"),
    path("people/<int:person_id>/substitute/", security.substitute, name="substitute"),
    path("people/<int:person_id>/reset-password/", security.reset_password, name="reset-password"),
    path("people/<int:person_id>/unlock/", security.unlock, name="unlock"),
    path(
        "people/<int:person_id>/reset-second-factor/",
        security.reset_second_factor,
        name="reset-second-factor",
    ),
    path("people/<int:person_id>/switch-account/", security.switch_account, name="switch-account"),
    path("postings/<int:posting_id>/end/", security.end_post, name="end-post"),
    path("class-duties/", duties.class_duties, name="class-duties"),
    path("class-duties/set/", duties.set_class_duty, name="set-class-duty"),
    path("grid-duties/", duties.grid_duties, name="grid-duties"),
    path("grid-duties/<int:grid_id>/set/", duties.set_grid_duty, name="set-grid-duty"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/new/", tokens.new_token, name="new-token"),
    path("tokens/<int:token_id>/revoke/", tokens.revoke_token, name="revoke-token"),
    path("security-policy/", security.policy, name="policy"),
    path("audit/log-ins/", audit.log_ins, name="audit-log-ins"),
    path("audit/changes/", audit.changes, name="audit-changes"),
    path("audit/accesses/", audit.accesses, name="audit-accesses"),
]
