"""What this part measures of itself: orders whose caller was told by a message."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext_noop as _

from chengyun.cases.models import Case
from chengyun.cases.process import HotlineState, Kind
from chengyun.hotline.handling.measures import PARTS, Parts, rows_address
from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.measures import REHEARSAL, Measure, Measured, MeasureUnit, offer
from chengyun.messaging.models import Message
from chengyun.messaging.states import MessageState

NAME = "hotline.notice_coverage"
_UNDECIDED = (MessageState.QUEUED, MessageState.SENDING, MessageState.SENT, MessageState.UNKNOWN)


def _orders(begin: datetime, end: datetime, actor: Actor) -> tuple[QuerySet[Case], bool]:
    rows = Case.objects.seen_by(actor).filter(
        kind=Kind.HOTLINE, registered_at__gte=begin, registered_at__lt=end
    )
    rows = rows.exclude(state=HotlineState.VOID)
    rehearsal = not rows.filter(rehearsal=False).exists()
    return rows.filter(rehearsal=rehearsal), rehearsal


def parts(begin: datetime, end: datetime, actor: Actor) -> tuple[Parts, bool]:
    """Orders registered in the period: those of whose messages one arrived, and all. Void ones do not count."""
    below, rehearsal = _orders(begin, end, actor)
    arrived = Message.objects.filter(about=OuterRef("number"), state=MessageState.DELIVERED)
    return Parts(below.filter(Exists(arrived)), below), rehearsal


def notice_coverage(begin: datetime, end: datetime) -> Measured:
    """The share of orders whose caller was told. Coverage: those of which it is known by now."""
    found, rehearsal = parts(begin, end, SYSTEM)
    above, below = found.above.count(), found.below.count()
    about = Message.objects.filter(about=OuterRef("number"))
    arrived = about.filter(state=MessageState.DELIVERED)
    open_ones = (
        found.below.filter(Exists(about.filter(state__in=_UNDECIDED))).exclude(Exists(arrived)).count()
    )
    coverage = Decimal(below - open_ones) / below if below else None
    numbers = found.below.order_by().values("number")
    last = Message.objects.filter(about__in=numbers).aggregate(pk=Max("pk"), ended=Max("ended_at"))
    case = found.below.aggregate(pk=Max("pk"))["pk"] or 0
    ended = int(last["ended"].timestamp()) if last["ended"] else 0
    version = f"{REHEARSAL if rehearsal and case else ''}case:{case},message:{last['pk'] or 0},ended:{ended}"
    return Measured(Decimal(above), Decimal(below), coverage, version, rows_address(NAME, begin, end))


def offer_measures() -> None:
    """Called when the room is ready."""
    PARTS[NAME] = parts
    offer(
        Measure(
            NAME,
            "工单短信告知覆盖率",
            "Orders whose caller was told by a message",
            _("期内登记的热线工单中，至少有一条短信送达的件数 ÷ 全部件数；作废的不计"),
            MeasureUnit.PERCENT,
            notice_coverage,
        )
    )
