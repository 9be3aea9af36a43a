"""Drafts of orders, kept on the server as they are typed: a closed tab or another computer loses nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from chengyun.cases.models import Case
from chengyun.hotline import policies
from chengyun.hotline.models import Call, OrderDraft
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotAllowed
from chengyun.kernel.writing import writing

MOST_BYTES = 300_000
MOST_DRAFTS = 30  # of one operator; the oldest goes when there are more


def keep_draft(
    client_id: UUID, typed: Mapping[str, Sequence[str]], *, call_id: int | None, actor: Actor, now: datetime
) -> OrderDraft | None:
    """Keep what stands in a form. None where the form was registered meanwhile: then there is nothing to keep.

    Raises ``NotAllowed`` (another's draft) or ``Invalid`` (too long).
    """
    policies.require(actor, policies.REGISTERING)
    kept = {name: [value.replace("\x00", "") for value in values] for name, values in typed.items()}
    if len(json.dumps(kept, ensure_ascii=False).encode()) > MOST_BYTES:
        raise Invalid({"draft": _("内容太长，草稿没有自动保存，请先缩短")})
    assert actor.person_id is not None
    with writing():
        if Case.objects.filter(client_id=client_id).exists():
            return None
        title = next(iter(kept.get("title", [])), "").strip()[:100]
        facts = {"typed": kept, "title": title, "saved_at": now}
        if call_id is not None:
            facts["call"] = Call.objects.filter(pk=call_id).first()
        draft, fresh = OrderDraft.objects.get_or_create(
            client_id=client_id, defaults={"owner_id": actor.person_id, **facts}
        )
        if draft.owner_id != actor.person_id:
            raise NotAllowed(_("这份草稿是别人的。"))
        if not fresh:
            OrderDraft.objects.filter(pk=draft.pk).update(**facts)
        old = OrderDraft.objects.filter(owner=actor.person_id).order_by("-saved_at", "-pk")
        for pk in list(old.values_list("pk", flat=True)[MOST_DRAFTS:]):
            OrderDraft.objects.filter(pk=pk).delete()
    return draft


def drop_draft(client_id: UUID, *, actor: Actor) -> bool:
    """Throw one's own draft away; tell whether there was one."""
    with writing():
        gone, _rows = OrderDraft.objects.filter(client_id=client_id, owner=actor.person_id).delete()
    return bool(gone)
