"""What every verb on a contract does: find it, see that nobody was quicker, write down who did what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from chengyun.budget.contracts.policies import EDITING
from chengyun.budget.contracts.words import ContractVerb
from chengyun.budget.models.contracts import Contract, ContractEvent
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere, Stale
from chengyun.organisation.policies import require

Versioned = TypeVar("Versioned", bound=models.Model)


def contract_to_edit(contract_id: int, actor: Actor) -> Contract:
    """The contract. Raises ``NotAllowed`` or ``NotThere``."""
    require(actor, *EDITING)
    found = Contract.objects.seen_by(actor).filter(pk=contract_id).first()
    if found is None:
        raise NotThere(_("没有这份合同，或您无权查看。"))
    return found


def change(model: type[Versioned], pk: int, seen: int, wanted: Mapping[str, Any]) -> None:
    """Set fields if the row is still the version that the person saw. Raises ``Stale``."""
    rows = model._default_manager.filter(pk=pk, version=seen)
    if not rows.update(version=models.F("version") + 1, **wanted):
        raise Stale(_("您打开页面之后已有人改过，请刷新后再办理。"))


def write_down(
    contract: Contract,
    verb: ContractVerb,
    *,
    actor: Actor,
    now: datetime,
    about: str = "",
    said: Mapping[str, Any] | None = None,
    reason: str = "",
) -> ContractEvent:
    """Append a row to the contract's history."""
    return ContractEvent.objects.create(
        contract=contract,
        at=now,
        by_id=actor.person_id,
        by_name=actor.name,
        verb=verb,
        about=about[:120],
        said={name: _plain(value) for name, value in (said or {}).items()},
        reason=reason[:300],
    )


def differences(before: models.Model, wanted: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The fields that change: what each was, and what it becomes."""
    return {
        name: [getattr(before, name), value]
        for name, value in wanted.items()
        if getattr(before, name) != value
    }


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
