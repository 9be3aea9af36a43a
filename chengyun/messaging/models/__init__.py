"""Templates, the outbox with its receipts, incoming messages, gateways and the contract."""

from chengyun.messaging.models.contract import GatewayRow, NoticeSeen, Package, UsageWarning
from chengyun.messaging.models.messages import HandOver, InboundMessage, Message, Receipt
from chengyun.messaging.models.templates import OptOut, Rule, Template, TemplateVersion

__all__ = [
    "GatewayRow",
    "HandOver",
    "InboundMessage",
    "Message",
    "NoticeSeen",
    "OptOut",
    "Package",
    "Receipt",
    "Rule",
    "Template",
    "TemplateVersion",
    "UsageWarning",
]
