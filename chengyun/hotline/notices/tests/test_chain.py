"""From the order to the citizen's grade, through a CMPP gateway over TCP."""

from __future__ import annotations

import re
import threading
import time

import pytest
from django.db.models import Max

from chengyun.hotline.models import Rating
from chengyun.hotline.notices.tests.scene import PHONE, Play
from chengyun.messaging.cmpp.link import CmppLink
from chengyun.messaging.cmpp.settings import Account
from chengyun.messaging.cmpp.simulator import Behaviour, Reply, Simulator
from chengyun.messaging.cmpp.wire import Version
from chengyun.messaging.dispatch.running import LinkService
from chengyun.messaging.jobs import hear_inbound
from chengyun.messaging.models import GatewayRow, Message

pytestmark = pytest.mark.django_db
PATIENCE = 20


def drive(service: LinkService, enough) -> None:
    """Serve the gateway until ``enough()``."""
    end = time.monotonic() + PATIENCE
    while not enough():
        assert time.monotonic() < end, "waited in vain"
        service.step(0.02)


@pytest.mark.parametrize("version", list(Version))
def test_order_message_answer_rating(version, monkeypatch):
    play = Play()
    # What the service writes bears the day of the play, not of the machine.
    monkeypatch.setattr("chengyun.messaging.dispatch.running.now", lambda: play.now)
    replies = (Reply(re.compile("数字评价"), "４ 谢谢"),)
    row = GatewayRow.objects.create(name="operator", kind="cmpp", changed_at=play.now)
    play.call()
    play.to_audited()
    play.hear()
    behaviour = Behaviour(replies=replies, kill_after=2, duplicate_reports=1.0, shuffle_reports=True)
    with Simulator(behaviour) as simulator:
        account = Account(
            "operator", "127.0.0.1", simulator.port, "900001", "secret", version, "10620113", first_wait=0.05
        )
        link = CmppLink(account)
        service = LinkService(link, row, threading.Event())
        link.start()

        def all_done() -> bool:
            waits = Message.objects.aggregate(latest=Max("next_try_at"))["latest"]
            play.now = max(play.now, waits or play.now)
            hear_inbound(now=play.now)
            return Rating.objects.exists() and not Message.objects.exclude(state="delivered").exists()

        drive(service, all_done)
        link.stop()
    rating = Rating.objects.get()
    assert (rating.case_id, rating.satisfaction, rating.said) == (play.case_id, "satisfied", "谢谢")
    assert (play.row.state, play.row.satisfaction) == ("called_back", "satisfied")
    arrived = [one["text"] for one in simulator.journal.of("message")]
    texts = list(Message.objects.order_by("id").values_list("text", flat=True))
    assert set(arrived) == set(texts), "nothing was lost, nothing came that was not written"
    twice = {text for text in texts if arrived.count(text) > 1}
    marked = set(Message.objects.filter(possibly_twice=True).values_list("text", flat=True))
    assert twice <= marked
    assert simulator.journal.counts()["killed"] == 1
    assert {one["phone"] for one in simulator.journal.of("submit")} == {PHONE}
