"""Units, people, posts, accounts, duties, policy and logs. Everything dated; nothing is deleted."""

from chengyun.organisation.models.accounts import Account, AccountManager
from chengyun.organisation.models.duties import ClassDuty, GridDuty
from chengyun.organisation.models.logs import AccessLog, Change, ChangeLog, LogIn, Outcome
from chengyun.organisation.models.people import Person, PersonQuerySet, Posting, Substitution
from chengyun.organisation.models.policy import SecurityPolicy
from chengyun.organisation.models.tokens import ApiToken
from chengyun.organisation.models.units import Unit, UnitKind, UnitQuerySet
from chengyun.organisation.models.version import OrganisationVersion

__all__ = [
    "AccessLog",
    "Account",
    "AccountManager",
    "ApiToken",
    "Change",
    "ChangeLog",
    "ClassDuty",
    "GridDuty",
    "LogIn",
    "OrganisationVersion",
    "Outcome",
    "Person",
    "PersonQuerySet",
    "Posting",
    "SecurityPolicy",
    "Substitution",
    "Unit",
    "UnitKind",
    "UnitQuerySet",
]
