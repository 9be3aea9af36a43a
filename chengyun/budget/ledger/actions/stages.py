"""Move a budget on, sign it, remark on it, take an act back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from chengyun.budget.kinds import Stage
from chengyun.budget.ledger.actions.writing import any_stage, change, open_budget
from chengyun.budget.ledger.balance import unbalanced
from chengyun.budget.ledger.comparison import due
from chengyun.budget.ledger.facts import budget_of, facts_from
from chengyun.budget.ledger.journal import next_to_undo
from chengyun.budget.ledger.policies import READING, SIGNING
from chengyun.budget.ledger.snapshots import digest_of, snapshot_of
from chengyun.budget.ledger.stages import STEPS, must_be_whole, must_give_reasons
from chengyun.budget.ledger.state import get
from chengyun.budget.models.history import Comment, Deed, Entry, SignOff, StageMove
from chengyun.budget.models.ledger import Budget
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, Refused, Stale
from chengyun.kernel.writing import writing
from chengyun.organisation.policies import require


def hindrances(budget: Budget, to: Stage) -> list[str]:
    """What keeps a budget from this stage, as sentences; an empty list lets it go."""
    before, facts, found = Stage(budget.stage), facts_from(budget), []
    if must_be_whole(before, to):
        if not facts.lines:
            found.append(_("还没有一行支出。"))
        found += [
            _("%(what)s：收入 %(income)s 元，支出 %(spending)s 元，不平衡。")
            % {"what": one.label, "income": f"{one.income:,.2f}", "spending": f"{one.spending:,.2f}"}
            for one in unbalanced(facts)
        ]
    if must_give_reasons(before, to):
        found += [_("“%(what)s”与上年不同，还没有说明原因。") % {"what": one.label} for one in due(facts)]
    return found


@writing()
def move_stage(
    budget_id: int,
    to: Stage,
    *,
    seen: int,
    note: str = "",
    approved_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> StageMove:
    """Take a budget to its next stage.

    1. The step must be one of ``STEPS``, and ``seen`` the version on the page.
    2. What goes out balances, and every told change has its reason.
    3. The whole ledger is kept with its digest; the version closes and the next begins.
    4. An approval (批复) keeps its day: the 20 days of publication run from it.
    """
    budget = any_stage(budget_id, actor=actor)
    if budget.version != seen:
        raise Stale(_("预算已到“%(stage)s”阶段，请刷新页面。") % {"stage": budget.stage_of.label})
    before = Stage(budget.stage)
    if to not in STEPS[before]:
        raise Refused(_("不能从“%(before)s”到“%(after)s”。") % {"before": before.label, "after": to.label})
    if to is Stage.APPROVED and approved_on is None:
        raise Invalid({"approved_on": _("请填批复日期，20 日内公开从这一天算起。")})
    if faults := hindrances(budget, to):
        raise Invalid({"to": " ".join(faults)})
    snapshot = snapshot_of(budget)
    made = StageMove.objects.create(
        **_who(budget, actor, now),
        from_stage=before,
        to_stage=to,
        version=budget.version,
        note=note.strip()[:300],
        snapshot=snapshot,
        digest=digest_of(snapshot),
    )
    said: dict[str, Any] = {"stage": to, "version": F("version") + 1, "revision": F("revision") + 1}
    if to is Stage.APPROVED:
        said["approved_on"] = approved_on
    Budget.objects.filter(pk=budget.pk).update(**said)
    Entry.objects.create(**_who(budget, actor, now), deed=Deed.STAGE, key="stage", before=before, after=to)
    return made


@writing()
def undo(budget_id: int, *, actor: Actor, now: datetime) -> list[Entry]:
    """Take back the last act that is not taken back yet; a closed stage is not reached into.

    Raises ``Refused`` where nothing is left or something lies on top.
    """
    budget = open_budget(budget_id, actor=actor)
    entries = next_to_undo(budget)
    if not entries:
        raise Refused(_("本阶段没有可撤销的修改。"))
    for entry in entries:
        if get(budget, entry.key) != entry.after:
            raise Refused(_("这一项之后又有变动，不能撤销，请直接修改。"))
    wanted = [(entry.key, entry.before) for entry in reversed(entries)]
    return change(budget, Deed.UNDO, wanted, actor=actor, now=now, undoes=entries[0].act)


@writing()
def comment(budget_id: int, text: str, *, key: str = "", actor: Actor, now: datetime) -> Comment:
    """Remark on a budget or one of its lines; whoever reads it may. Raises ``Invalid`` (text)."""
    require(actor, *READING)
    budget = budget_of(budget_id, actor=actor)
    text = text.strip()
    if not text or len(text) > 500:
        raise Invalid({"text": _("请写 1 到 500 个字。")})
    return Comment.objects.create(**_who(budget, actor, now), key=key[:120], text=text)


@writing()
def sign_off(budget_id: int, *, digest: str, words: str = "", actor: Actor, now: datetime) -> SignOff:
    """Put a signature under the ledger as the page showed it (``digest``). Raises ``Stale`` if it changed since."""
    require(actor, *SIGNING)
    budget = budget_of(budget_id, actor=actor)
    if digest_of(snapshot_of(budget)) != digest:
        raise Stale(_("预算在您打开页面后有改动，请刷新后再签。"))
    return SignOff.objects.create(
        **_who(budget, actor, now), version=budget.version, digest=digest, words=words.strip()[:300]
    )


def _who(budget: Budget, actor: Actor, now: datetime) -> dict[str, Any]:
    return {"budget": budget, "at": now, "by_id": actor.person_id, "by_name": actor.name}
