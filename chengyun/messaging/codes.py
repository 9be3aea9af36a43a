"""The operator's codes in words. The only place where they are translated."""

from __future__ import annotations

import re

from chengyun.ui.formats import english

ARRIVED = "DELIVRD"
# On their way still, or lost from the operator's own sight: such a report decides nothing.
UNDECIDED = frozenset({"ACCEPTD", "ENROUTE", "UNKNOWN"})

# code -> (Chinese, English). Words of reports: CMPP 2.0, status report; ``submit:…``: results of CMPP_SUBMIT_RESP.
CODES: dict[str, tuple[str, str]] = {
    "DELIVRD": ("已送达手机", "Delivered to the phone"),
    "EXPIRED": ("超过有效期，手机可能关机或无信号", "Expired; the phone may be off or out of reach"),
    "DELETED": ("已被运营商删除", "Deleted by the operator"),
    "UNDELIV": ("无法送达", "Undeliverable"),
    "ACCEPTD": ("运营商已接收，等待送达", "Accepted, on its way"),
    "ENROUTE": ("正在送达", "On its way"),
    "UNKNOWN": ("运营商不知道结果", "The operator does not know"),
    "REJECTD": ("被运营商拒绝", "Rejected by the operator"),
    "submit:0": ("已接收", "Accepted"),
    "submit:1": ("消息结构错误", "Wrong structure"),
    "submit:2": ("命令字错误", "Wrong command"),
    "submit:3": ("消息序号重复", "Repeated sequence number"),
    "submit:4": ("消息长度错误", "Wrong length"),
    "submit:5": ("资费代码错误", "Wrong fee code"),
    "submit:6": ("超过最大信息长度", "Text too long"),
    "submit:7": ("业务代码错误", "Wrong service code"),
    "submit:8": ("流量控制，稍后重试", "Flow control; tried again later"),
    "submit:9": ("本网关不负责此号码", "This gateway does not serve the number"),
    "submit:10": ("源号码错误", "Wrong Src_Id"),
    "submit:11": ("企业代码错误", "Wrong Msg_src"),
    "submit:12": ("计费号码错误", "Wrong fee terminal"),
    "submit:13": ("目的号码错误", "Wrong destination number"),
    "link_down": ("连接断开，未提交", "Connection lost before hand-over"),
    "no_answer": ("已写出，未收到应答", "Written, but not answered"),
    "http:429": ("网关要求放慢，稍后重试", "The gateway asked to slow down; tried again later"),
    "http:503": ("网关暂停服务，稍后重试", "The gateway is not serving; tried again later"),
    "interrupted": ("程序中断，是否已提交不明", "Interrupted; it may have been handed over"),
}
# Families of codes that each operator numbers in its own way.
_FAMILIES: tuple[tuple[re.Pattern[str], tuple[str, str]], ...] = (
    (re.compile(r"MK:?\d+"), ("手机侧或短信中心返回的错误", "Error from the phone or the message centre")),
    (re.compile(r"M[ABCHILN]:?\d+"), ("运营商网元返回的错误", "Error from an operator's network element")),
    (re.compile(r"C[AB]:?\d+"), ("运营商业务网关拦截", "Stopped by the operator's service gateway")),
    (re.compile(r"I[ABCD]:?\d+"), ("运营商网关返回的错误", "Error from the operator's gateway")),
    (re.compile(r"D[AB]:?\d+"), ("运营商鉴权或黑名单拦截", "Stopped by authentication or a block list")),
    (re.compile(r"submit:\d+"), ("网关拒绝提交", "The gateway refused it")),
    (re.compile(r"http:\d+"), ("接口返回错误", "The interface answered with an error")),
)


def in_words(code: str) -> str:
    """The code with its meaning, in the reader's language; an unknown one as it is; "" stays empty."""
    code = code.strip()
    if not code:
        return ""
    if code.isdigit():  # a bare number is the result of a submit
        code = f"submit:{code}"
    words = CODES.get(code) or next((said for shape, said in _FAMILIES if shape.fullmatch(code)), None)
    if words is None:
        return code
    return f"{words[1]} ({code})" if english() else f"{words[0]}（{code}）"


def arrived(code: str) -> bool | None:
    """What a report's code says: True arrived, False failed for good, None undecided."""
    code = code.strip().upper()
    if code == ARRIVED:
        return True
    return None if code in UNDECIDED or not code else False
