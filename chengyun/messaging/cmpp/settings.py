"""The settings of one CMPP account, typed."""

from __future__ import annotations

from dataclasses import dataclass, field

from chengyun.messaging.cmpp.wire import Version
from chengyun.messaging.gateways import GatewaySettings


@dataclass(frozen=True, slots=True)
class Account:
    """Times are in seconds. ``window`` is the number of SUBMITs that may wait for an answer at one time.

    ``first_wait`` and ``longest_wait`` bound the growing waits before a new connection; ``test_again`` is the
    wait after an active test that was not answered, of which three make the link dead.
    """

    name: str
    host: str
    port: int
    account: str
    secret: str = field(repr=False)
    version: Version = Version.V2
    src_id: str = ""
    service_id: str = ""
    window: int = 16
    rate: float = 100.0
    active_test: float = 60.0
    timeout: float = 60.0
    first_wait: float = 1.0
    longest_wait: float = 60.0
    test_again: float = 5.0


def account_of(settings: GatewaySettings) -> Account:
    """The account of a gateway's row, whose values the form has checked."""
    values = settings.values
    return Account(
        name=settings.name,
        host=values["host"],
        port=int(values.get("port") or 7890),
        account=values["account"],
        secret=settings.secret,
        version=Version.V3 if values.get("version") == "3.0" else Version.V2,
        src_id=values.get("src_id", ""),
        service_id=values.get("service_id", ""),
        window=int(values.get("window") or 16),
        rate=float(values.get("rate") or 100),
        active_test=float(values.get("active_test") or 60),
        timeout=float(values.get("timeout") or 60),
    )
