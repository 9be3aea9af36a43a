"""三员分立: administrator, security administrator and auditor are three people, substitutes included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from chengyun.kernel.clock import local
from chengyun.kernel.errors import Refused
from chengyun.organisation.models import Person, Posting, Substitution
from chengyun.organisation.posts import SEPARATED, Post


@dataclass(frozen=True, slots=True)
class _Span:
    post: str
    first: date
    last: date

    def meets(self, other: _Span) -> bool:
        return self.post != other.post and self.first <= other.last and other.first <= self.last


def _own(person_id: int) -> list[_Span]:
    spans = []
    for row in Posting.objects.filter(person_id=person_id, post__in=SEPARATED):
        last = row.valid_until or date.max
        if row.withdrawn_at is not None:
            last -= timedelta(days=1)
        if row.valid_from <= last:
            spans.append(_Span(row.post, row.valid_from, last))
    return spans


def _held(person_id: int) -> Iterable[_Span]:
    """What this person holds of the three, in their own right and for the absent."""
    yield from _own(person_id)
    for row in Substitution.objects.filter(substitute_id=person_id, cancelled_at__isnull=True):
        first, last = local(row.starts_at).date(), local(row.ends_at).date()
        for span in _own(row.absent_id):
            if span.first <= last and first <= span.last:
                yield _Span(span.post, max(first, span.first), min(last, span.last))


def keep_apart(*person_ids: int) -> None:
    """Raise Refused if one of these people, or whoever stands in for them, would hold two of the three.

    Call it after the change, in its transaction: the error takes the change back.
    """
    stand_ins = Substitution.objects.filter(absent_id__in=person_ids, cancelled_at__isnull=True)
    for person_id in {*person_ids, *stand_ins.values_list("substitute_id", flat=True)}:
        spans = list(_held(person_id))
        for span in spans:
            other = next((one for one in spans if span.meets(one)), None)
            if other is not None:
                raise Refused(
                    _("三员分立：%(name)s不能同时担任%(one)s和%(two)s（包括代岗）。")
                    % {
                        "name": Person.objects.get(pk=person_id).name,
                        "one": Post(span.post).label,
                        "two": Post(other.post).label,
                    }
                )
