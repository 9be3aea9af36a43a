"""Messages through the CMPP simulator, end to end: from rows of the outbox to the status reports on disk.

``prepare PORT COUNT`` writes a gateway at that port and so many messages, ``result`` tells how far it is. Both run
in the server's surroundings; ``bench.through`` calls them.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta

ACCOUNT, SECRET = "900001", "bench"


def prepare(port: int, count: int) -> None:
    """Write the messages first, then the gateway that will take them."""
    from chengyun.kernel.clock import now
    from chengyun.kernel.writing import writing
    from chengyun.messaging.actions import send
    from chengyun.messaging.gateways.secrets import keep_secret
    from chengyun.messaging.models import GatewayRow, Message, Rule

    moment = now()
    Rule.objects.filter(name__in=("quiet_from", "quiet_until")).update(value="00:00")
    GatewayRow.objects.update(enabled=False)
    Message.objects.filter(state="queued").update(state="withheld", next_try_at=None)
    for first in range(0, count, 500):
        with writing():
            for number in range(first, min(count, first + 500)):
                values = {"number": f"RX20261123-{number:05d}", "title": "楼道灯不亮"}
                phone = f"139{number:08d}"
                send(
                    "order_accepted",
                    to=phone,
                    values=values,
                    about="bench",
                    key=f"bench:{number}",
                    now=moment,
                )
    keep_secret("bench", SECRET)
    settings = {
        "host": "127.0.0.1",
        "port": str(port),
        "version": "2.0",
        "account": ACCOUNT,
        "src_id": "10620113",
        "window": "16",
        "rate": "5000",
    }
    GatewayRow.objects.create(name="bench", kind="cmpp", settings=settings, place=1, changed_at=moment)


def result() -> None:
    """Print how far it is: counts by state, and the time from the first hand-over to the last report."""
    from django.db.models import Count, Max, Min, Sum

    from chengyun.messaging.models import Message

    rows = Message.objects.filter(about="bench")
    states = dict(rows.values_list("state").annotate(many=Count("id")))
    times = rows.aggregate(begin=Min("claimed_at"), sent=Max("sent_at"), end=Max("ended_at"))
    zero = timedelta()
    began = times["begin"]
    print(
        json.dumps(
            {
                "states": states,
                "segments": rows.aggregate(all=Sum("segments"))["all"],
                "twice": rows.filter(possibly_twice=True).count(),
                "sent": ((times["sent"] - began) if began and times["sent"] else zero).total_seconds(),
                "reported": ((times["end"] - began) if began and times["end"] else zero).total_seconds(),
            }
        )
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengyun.config.settings")
    import django

    django.setup()
    prepare(int(sys.argv[2]), int(sys.argv[3])) if sys.argv[1] == "prepare" else result()
