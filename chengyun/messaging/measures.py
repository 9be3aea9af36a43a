"""What this room measures of itself: messages that arrived, what they cost.

Where a period has real messages, only they count; one with nothing but rehearsal messages is measured by those,
and its data version says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from chengyun.kernel.clock import local
from chengyun.kernel.measures import REHEARSAL, Measure, Measured, MeasureUnit, offer
from chengyun.messaging.metering.usage import package_of, used_by_month
from chengyun.messaging.models import HandOver, Message, Receipt
from chengyun.messaging.states import MessageState

_DECIDED = (MessageState.DELIVERED, MessageState.FAILED)


def delivery_rate(begin: datetime, end: datetime) -> Measured:
    """Messages that arrived, of all that the operator took in the period.

    Coverage: the share of them of which it is known whether they arrived.
    """
    rows, rehearsal = _handed_over(begin, end)
    counts = rows.aggregate(
        whole=Count("pk"),
        arrived=Count("pk", filter=Q(state=MessageState.DELIVERED)),
        decided=Count("pk", filter=Q(state__in=_DECIDED)),
    )
    whole = counts["whole"]
    coverage = Decimal(counts["decided"]) / whole if whole else None
    version = _version(rows, rehearsal=rehearsal)
    return Measured(Decimal(counts["arrived"]), Decimal(whole), coverage, version, _log(begin, end))


def delivered(begin: datetime, end: datetime) -> Measured:
    """How many messages, handed over in the period, arrived."""
    rate = delivery_rate(begin, end)
    return Measured(
        rate.numerator, None, rate.coverage, rate.data_version, _log(begin, end, MessageState.DELIVERED)
    )


def cost(begin: datetime, end: datetime) -> Measured:
    """What the messages of the period's months cost by their packages, in yuan; a month counts as far as it has run.

    Coverage: the share of the months for which there is a package.
    """
    first, last = local(begin).date().replace(day=1), local(end - timedelta(microseconds=1)).date()
    used = used_by_month(first, last)
    months, month = [], first
    while month <= last:
        months.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    packages = {month: package_of(month) for month in months}
    paid = [month for month in months if packages[month] is not None]
    total = sum(
        (package.price.cost(used.get(one, 0)) for one in paid if (package := packages[one])), Decimal(0)
    )
    newest = HandOver.objects.filter(metered=True, at__gte=begin, at__lt=end).aggregate(last=Max("pk"))[
        "last"
    ]
    rows = f"{reverse('messaging:usage')}?month={last:%Y-%m}"
    coverage = Decimal(len(paid)) / len(months) if paid and newest else None
    return Measured(total, None, coverage, f"hand-over:{newest or 0}", rows)


def _handed_over(begin: datetime, end: datetime) -> tuple[QuerySet[Message], bool]:
    rows = Message.objects.filter(sent_at__gte=begin, sent_at__lt=end)
    rehearsal = not rows.filter(rehearsal=False).exists()
    return rows.filter(rehearsal=rehearsal), rehearsal


def _version(rows: QuerySet[Message], *, rehearsal: bool) -> str:
    """The last message, the last moment at which one was decided, and the last report that came."""
    last = rows.aggregate(message=Max("pk"), ended=Max("ended_at"))
    if last["message"] is None:
        return "message:0"
    report = Receipt.objects.aggregate(last=Max("pk"))["last"] or 0
    ended = f"{int(last['ended'].timestamp())}" if last["ended"] else "0"
    return f"{REHEARSAL if rehearsal else ''}message:{last['message']},ended:{ended},report:{report}"


def _log(begin: datetime, end: datetime, state: str = "") -> str:
    """The log of those days; it goes by the day of writing, which is the day of sending but for night hours."""
    last = local(end - timedelta(microseconds=1)).date()
    said = {"begin": local(begin).date().isoformat(), "end": last.isoformat()} | (
        {"state": state} if state else {}
    )
    return f"{reverse('messaging:messages')}?{urlencode(said)}"


def offer_measures() -> None:
    """Called when the room is ready."""
    for measure in (
        Measure(
            "messaging.delivery_rate", "短信送达率", "Delivery rate of messages",
            _("期内已提交运营商的短信中，状态报告为已送达的件数 ÷ 全部件数；有正式短信时不计演练短信"),
            MeasureUnit.PERCENT, delivery_rate,
        ),
        Measure(
            "messaging.delivered", "送达短信件数", "Messages delivered",
            _("期内已提交运营商、状态报告为已送达的短信件数；有正式短信时不计演练短信"),
            MeasureUnit.MESSAGE, delivered,
        ),
        Measure(
            "messaging.cost", "短信费用", "Cost of messages",
            _("期内各月套餐月费 + 超出套餐的计费条数 × 超出单价，按网关已接收的分段计"),
            MeasureUnit.YUAN, cost,
        ),
    ):  # fmt: skip
        offer(measure)
