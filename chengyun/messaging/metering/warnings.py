"""Warnings when the month's use passes a share of the package: each once a month, on record and told."""

from __future__ import annotations

import logging
from datetime import datetime

from chengyun.kernel.clock import local
from chengyun.kernel.writing import writing
from chengyun.messaging.actions.notices import tell_of_package
from chengyun.messaging.metering.cost import first_of
from chengyun.messaging.metering.usage import package_of, used_in
from chengyun.messaging.models import UsageWarning

log = logging.getLogger(__name__)


def notice_warnings(*, now: datetime) -> list[UsageWarning]:
    """Write down the shares that were passed since the last look, and tell whoever answers for the package;
    returns the new ones."""
    month = first_of(local(now).date())
    package = package_of(month)
    if package is None:
        return []
    price = package.price
    used = used_in(month)
    known = set(UsageWarning.objects.filter(month=month).values_list("percent", flat=True))
    new = [
        UsageWarning(month=month, percent=percent, used=used, noticed_at=now)
        for percent in price.passed(used)
        if percent not in known
    ]
    if new:
        with writing():
            UsageWarning.objects.bulk_create(new, ignore_conflicts=True)
            # Of several shares passed between two looks the highest says all.
            tell_of_package(new[-1], price.included, now=now)
        log.warning(
            "%s %% of the month's messages are used (%s of %s)", new[-1].percent, used, price.included
        )
    return new
