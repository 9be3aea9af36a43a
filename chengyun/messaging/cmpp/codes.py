"""What the operator's numbers and words mean, as the protocol's text gives them (domain.md §5; general knowledge).

Operators add numbers of their own; those are shown as they are.
"""

from __future__ import annotations

from chengyun.messaging.gateways import Taken

CONNECT = {
    1: "消息结构错",
    2: "非法源地址（企业代码不对）",
    3: "认证错（共享密钥不对，或本机时间与网关相差太多）",
    4: "版本太高（请改用 2.0）",
}
SUBMIT = {
    1: "消息结构错",
    2: "命令字错",
    3: "消息序号重复",
    4: "消息长度错",
    5: "资费代码错",
    6: "超过最大信息长",
    7: "业务代码错",
    8: "流量控制错",
    9: "本网关不负责服务此计费号码",
    10: "Src_Id 错误",
    11: "Msg_src 错误",
    12: "Fee_terminal_Id 错误",
    13: "Dest_terminal_Id 错误",
}
TOO_FAST = 8


def connect_said(status: int) -> str:
    """Why the bind was refused."""
    return CONNECT.get(status, f"其他错误 {status}")


def submit_said(result: int) -> str:
    """Why a message was refused; "" for one that was taken."""
    return "" if result == 0 else SUBMIT.get(result, f"网关错误 {result}")


def taken(result: int) -> Taken:
    """What a SUBMIT's result means for the message: only "too fast" is worth another try."""
    if result == 0:
        return Taken.ACCEPTED
    return Taken.AGAIN if result == TOO_FAST else Taken.REFUSED
