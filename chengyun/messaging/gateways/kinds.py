"""The kinds of gateway there are: their settings, as the administrator's form asks for them, and their makers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from chengyun.messaging.gateways import Gateway, GatewaySettings, Link
from chengyun.messaging.gateways.secrets import secret_of
from chengyun.messaging.models.contract import GatewayRow


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a kind. ``least`` and ``most`` make it a whole number; ``choices`` a select box."""

    name: str
    label: Any
    default: str = ""
    hint: Any = ""
    required: bool = False
    least: int | None = None
    most: int | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """``maker`` names a function that takes ``GatewaySettings`` and gives a ``Gateway`` or a ``Link``."""

    name: str
    label: Any
    maker: str
    settings: tuple[Setting, ...] = ()
    secret: bool = False
    long_lived: bool = False  # its maker gives a Link
    local: bool = False  # writes on this machine only; its messages reach nobody
    reports: bool = True  # status reports can be waited for


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "console",
            _("控制台（不真正发出）"),
            "chengyun.messaging.gateways.console.make",
            local=True,
            reports=False,
        ),
        Kind(
            "file",
            _("文件（不真正发出）"),
            "chengyun.messaging.gateways.file.make",
            local=True,
            reports=False,
        ),
        Kind(
            "http",
            _("HTTP 接口"),
            "chengyun.messaging.gateways.http.make",
            (
                Setting("url", _("接口地址"), hint=_("运营商给出的发送地址，https:// 开头"), required=True),
                Setting("account", _("账号"), required=True),
                Setting("timeout", _("超时（秒）"), "10", least=1, most=120),
                Setting("batch", _("每批条数"), "50", least=1, most=500),
            ),
            secret=True,
        ),
        Kind(
            "cmpp",
            _("CMPP 专线"),
            "chengyun.messaging.cmpp.link.make",
            (
                Setting("host", _("网关地址"), required=True),
                Setting("port", _("端口"), "7890", least=1, most=65535),
                Setting("version", _("协议版本"), "2.0", choices=("2.0", "3.0")),
                Setting("account", _("企业代码"), hint="SP_Id, Source_Addr / Msg_src", required=True),
                Setting("service_id", _("业务代码"), hint="Service_Id"),
                Setting("src_id", _("接入号"), hint="Src_Id", required=True),
                Setting("window", _("滑动窗口"), "16", least=1, most=1000),
                Setting("rate", _("每秒最多条数"), "100", least=1, most=5000),
                Setting("active_test", _("链路检测间隔（秒）"), "60", least=1, most=600),
                Setting("timeout", _("应答超时（秒）"), "60", least=1, most=600),
            ),
            secret=True,
            long_lived=True,
        ),
    )
}


def made(row: GatewayRow) -> Gateway | Link:
    """The gateway of a row, ready for use. Raises ``KeyError`` for an unknown kind."""
    settings = GatewaySettings(row.name, row.kind, dict(row.settings), secret_of(row.name))
    gateway: Gateway | Link = import_string(KINDS[row.kind].maker)(settings)
    return gateway
