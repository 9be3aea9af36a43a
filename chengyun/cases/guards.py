"""Why a verb may not be taken now, beyond state and post. Each guard answers with a sentence or with "".

``offered`` guards need nothing but the case, so that a page does not offer what would be refused;
``said`` guards also read what was filled in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.effects import moment_of
from chengyun.cases.facts import CaseFacts, Surroundings
from chengyun.cases.process.kinds import DISSATISFIED, Satisfaction, Way
from chengyun.kernel.actor import Actor

_NEED_NO_WORDS = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED)
_CITY_DAYS = 3 * 366  # a date beyond is a slip of the pen

Offered = Callable[[CaseFacts, Actor, datetime, Surroundings], str]
Checked = Callable[[CaseFacts, dict[str, Any], datetime, Surroundings], dict[str, str]]


def _pending(kind: str) -> Offered:
    def guard(case: CaseFacts, actor: Actor, now: datetime, world: Surroundings) -> str:
        return "" if case["pending"] == kind else _("没有等待审批的申请")

    return guard


def _may_ask_extension(case: CaseFacts, actor: Actor, now: datetime, world: Surroundings) -> str:
    clock = case.clock_on("disposal", "rehandle")
    if case["pending"]:
        return _("已有一项申请在等待审批")
    if clock is None or now > clock.due_at:
        return _("已超过时限，不能再申请延期")
    most = int(world.rule(case["kind"], "most_extensions"))
    if case["extensions"] >= most:
        return _("最多延期 %(most)d 次，已用完") % {"most": most}
    return ""


def _may_ask_suspension(case: CaseFacts, actor: Actor, now: datetime, world: Surroundings) -> str:
    if case["pending"]:
        return _("已有一项申请在等待审批")
    most = int(world.rule(case["kind"], "most_suspensions"))
    if case["suspensions"] >= most:
        return _("最多挂起 %(most)d 次，已用完") % {"most": most}
    return ""


def _may_ask_excuse(case: CaseFacts, actor: Actor, now: datetime, world: Surroundings) -> str:
    if case["pending"] or case["excused"] or any(r.kind == "excuse" for r in case.requests):
        return _("每案只能申诉一次")
    return "" if case["overdue_stages"] else _("本案没有超时，不需要申诉")


def _may_send_back(case: CaseFacts, actor: Actor, now: datetime, world: Surroundings) -> str:
    if case["handler_id"] is not None:
        return _("已指派处置人员，请先撤回指派再退单")
    if case["kind"] == "hotline" and case["send_backs"] >= 2:
        return _("区级协调已经定责，不能再退单")
    return ""


def _helpers_done(case: CaseFacts, actor: Actor, now: datetime, world: Surroundings) -> str:
    waiting = len(case.open_helpers)
    return _("还有 %(n)d 个协办单位没有反馈") % {"n": waiting} if waiting else ""


def _has_helper_task(case: CaseFacts, actor: Actor, now: datetime, world: Surroundings) -> str:
    mine = actor.units("unit")
    return "" if any(one.unit_id in mine for one in case.open_helpers) else _("没有等待贵单位反馈的协办事项")


def _verified_if_public(case: CaseFacts, actor: Actor, now: datetime, world: Surroundings) -> str:
    public = case["channel"] not in {"patrol", "street", "video", "device"}
    return _("公众上报的案件须先核实再立案") if public and not case["verified"] else ""


def _answer_dates(
    case: CaseFacts, said: dict[str, Any], now: datetime, world: Surroundings
) -> dict[str, str]:
    wrong = {}
    for name, words in (
        ("contacted_at", _("先行联系时间须在登记之后、现在之前")),
        ("replied_at", _("答复时间须在登记之后、现在之前")),
    ):
        if said.get(name) and not case["registered_at"] <= moment_of(said[name]) <= now:
            wrong[name] = words
    if said.get("promised_on") and moment_of(said["promised_on"]) <= now:
        wrong["promised_on"] = _("承诺日期须在今天或以后")
    return wrong


def _may_close(case: CaseFacts, actor: Actor, now: datetime, world: Surroundings) -> str:
    if case["satisfaction"] in DISSATISFIED and not actor.holds("shift_leader"):
        return _("市民不满意，请重办；确需结案由值班长办理")
    return ""


def _was_dissatisfied(case: CaseFacts, actor: Actor, now: datetime, world: Surroundings) -> str:
    if case["lead_unit_id"] is None:
        return _("本单没有承办单位，不能重办")
    return ""


def _has_handler(case: CaseFacts, actor: Actor, now: datetime, world: Surroundings) -> str:
    return "" if case["handler_id"] is not None else _("还没有指派处置人员")


def _sent_by_the_city(case: CaseFacts, actor: Actor, now: datetime, world: Surroundings) -> str:
    return "" if case["channel"] == "city" else _("本单不是市平台下派的")


def _may_merge(case: CaseFacts, actor: Actor, now: datetime, world: Surroundings) -> str:
    # Whoever took a repeat in knows best that it is one; what is dispatched already has another's eyes on it.
    if case["kind"] != "hotline" or case["state"] == "registered" or actor.system:
        return ""
    return "" if actor.holds("dispatcher", "shift_leader") else _("已派遣过的工单由派遣员或值班长并单")


OFFERED: dict[str, Offered] = {
    "ask_extension": _may_ask_extension,
    "decide_extension": _pending("extension"),
    "ask_suspension": _may_ask_suspension,
    "decide_suspension": _pending("suspension"),
    "ask_excuse": _may_ask_excuse,
    "decide_excuse": _pending("excuse"),
    "send_back": _may_send_back,
    "answer": _helpers_done,
    "dispose": _helpers_done,
    "help_report": _has_helper_task,
    "help_decline": _has_helper_task,
    "file": _verified_if_public,
    "close": _may_close,
    "rehandle": _was_dissatisfied,
    "revoke_handler": _has_handler,
    "set_city_deadline": _sent_by_the_city,
    "merge": _may_merge,
}


def _extension_is_later(
    case: CaseFacts, said: dict[str, Any], now: datetime, world: Surroundings
) -> dict[str, str]:
    until, clock = moment_of(said["until"]), case.clock_on("disposal", "rehandle")
    if clock is not None and until <= clock.due_at:
        return {"until": _("新时间须晚于当前时限")}
    if clock is not None and case["kind"] == "hotline":
        ceiling = world.limit(case, "disposal_ceiling", clock.started_at)
        last = world.calendar.due(clock.started_at, ceiling.amount, ceiling.unit)
        if until > last:
            return {"until": _("总时限不能超过 %(day)s") % {"day": f"{last:%Y-%m-%d %H:%M}"}}
    return {}


def _suspension_has_bounds(
    case: CaseFacts, said: dict[str, Any], now: datetime, world: Surroundings
) -> dict[str, str]:
    until, most = moment_of(said["until"]), int(world.rule(case["kind"], "suspension_days"))
    if until <= now:
        return {"until": _("日期须在今天或以后")}
    if until > now + timedelta(days=most + 1):
        return {"until": _("最长 %(most)d 天") % {"most": most}}
    return {}


def _contact_is_past(
    case: CaseFacts, said: dict[str, Any], now: datetime, world: Surroundings
) -> dict[str, str]:
    moment = said.get("contacted_at")
    if moment and not case["registered_at"] <= moment_of(moment) <= now:
        return {"contacted_at": _("联系时间须在登记之后、现在之前")}
    return {}


def _helper_is_another(
    case: CaseFacts, said: dict[str, Any], now: datetime, world: Surroundings
) -> dict[str, str]:
    if said["helper"] == case["lead_unit_id"]:
        return {"helper": _("主办单位不能同时协办")}
    if any(one.unit_id == said["helper"] for one in case.open_helpers):
        return {"helper": _("该单位已在协办")}
    return {}


def _city_deadline_makes_sense(
    case: CaseFacts, said: dict[str, Any], now: datetime, world: Surroundings
) -> dict[str, str]:
    until = moment_of(said["until"])
    if not case["registered_at"] < until <= now + timedelta(days=_CITY_DAYS):
        return {"until": _("须在登记之后、三年之内")}
    return {}


def _callback_is_whole(
    case: CaseFacts, said: dict[str, Any], now: datetime, world: Surroundings
) -> dict[str, str]:
    """On the telephone a citizen says more than a grade; "not reached" needs its tries.

    An order from a file is taken as it is told there.
    """
    if world.said.get("replayed"):
        return {}
    if said["satisfaction"] == Satisfaction.UNREACHED:
        left = int(world.rule(case["kind"], "call_attempts")) - case["call_attempts"]
        words = _("还须在不同半天再拨 %(left)d 次，才能登记为未接通")
        return {"satisfaction": words % {"left": left}} if left > 0 else {}
    if said.get("way", Way.PHONE) != Way.PHONE:
        return {}
    wrong = {}
    if "outcome" not in said:
        wrong["outcome"] = _("请填写%(label)s") % {"label": _("市民认为")}
    if said["satisfaction"] not in _NEED_NO_WORDS and "said" not in said:
        wrong["said"] = _("请填写%(label)s") % {"label": _("市民反馈")}
    return wrong


CHECKED: dict[str, Checked] = {
    "answer": _answer_dates,
    "call_back": _callback_is_whole,
    "ask_extension": _extension_is_later,
    "ask_suspension": _suspension_has_bounds,
    "contact": _contact_is_past,
    "add_helper": _helper_is_another,
    "set_city_deadline": _city_deadline_makes_sense,
}
