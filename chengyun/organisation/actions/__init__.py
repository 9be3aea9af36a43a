"""Every change of the organisation, one function a verb. All are logged and show within a second."""

from chengyun.organisation.actions.access import note_access, reveal_phone
from chengyun.organisation.actions.accounts import (
    change_password,
    choose_language,
    create_account,
    reset_password,
    reset_second_factor,
    switch_account,
    unlock,
)
from chengyun.organisation.actions.beginning import FirstLogin, first_administrators
from chengyun.organisation.actions.duties import set_class_duty, set_duty
from chengyun.organisation.actions.people import change_person, create_person
from chengyun.organisation.actions.policy import set_policy
from chengyun.organisation.actions.postings import cancel_substitution, end_post, give_post, substitute
from chengyun.organisation.actions.reference import load_reference
from chengyun.organisation.actions.rehearsal import DemoLogin, rehearsal_people
from chengyun.organisation.actions.tokens import make_token, programme_token, revoke_token
from chengyun.organisation.actions.units import change_unit, create_unit, move_unit

__all__ = [
    "DemoLogin",
    "FirstLogin",
    "cancel_substitution",
    "change_password",
    "change_person",
    "change_unit",
    "choose_language",
    "create_account",
    "create_person",
    "create_unit",
    "end_post",
    "first_administrators",
    "give_post",
    "load_reference",
    "make_token",
    "move_unit",
    "note_access",
    "programme_token",
    "rehearsal_people",
    "reset_password",
    "reset_second_factor",
    "reveal_phone",
    "revoke_token",
    "set_class_duty",
    "set_duty",
    "set_policy",
    "substitute",
    "switch_account",
    "unlock",
]
