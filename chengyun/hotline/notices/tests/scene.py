"""An order, its people, and the reference rows of messages."""

from __future__ import annotations

from typing import Any

from chengyun.cases.hearing import hear_waiting
from chengyun.cases.models import DeafEar
from chengyun.cases.tests.cast import Cast
from chengyun.hotline.notices.rules import load_reference
from chengyun.messaging.jobs import send_waiting
from chengyun.messaging.loading import load_reference as load_messaging
from chengyun.messaging.models import Message, Rule

PHONE = "13812345678"


class Play(Cast):
    """A cast whose callers get messages; at night, too, because a test may run at any hour."""

    def __init__(self) -> None:
        super().__init__()
        load_messaging(now=self.now)
        load_reference(now=self.now)
        Rule.objects.filter(name__in=("quiet_from", "quiet_until")).update(value="00:00")

    def call(self, phone: str = PHONE, **said: Any) -> int:
        """Somebody calls about something; their order's id."""
        self.order(contact={"name": "张三", "phone": phone}, **said)
        return self.case_id

    def hear(self) -> None:
        """What happened is heard."""
        hear_waiting(now=self.now)
        assert not DeafEar.objects.exists(), DeafEar.objects.values_list("error", flat=True)

    def send(self) -> None:
        """What waits goes out through the file."""
        self.hear()
        send_waiting(now=self.now)

    def to_audited(self) -> None:
        """Dispatched, signed, contacted, answered, audited."""
        self.to_in_hand()
        self.answer()
        self.go("pass_audit", self.leader)

    def told(self, number: str = "") -> list[str]:
        """The templates of the messages about the order, oldest first."""
        about = number or self.row.number
        return list(
            Message.objects.filter(about=about).order_by("id").values_list("template_name", flat=True)
        )
