"""The facts of the text beside the amounts: duties, offices, procurement, assets; kept in ``Budget.profile``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from chengyun.budget.compiling.rows import Assets, Procurement

LISTS = ("duties", "divisions", "units")


def procurement_of(profile: Mapping[str, Any]) -> Procurement:
    """政府采购预算; nothing entered is nil."""
    said = profile.get("procurement", {})
    return Procurement(**{one.name: Decimal(said.get(one.name, "0.00")) for one in fields(Procurement)})


def assets_of(profile: Mapping[str, Any]) -> Assets:
    """国有资产占用; counts that were not entered are 0."""
    said = profile.get("assets", {})
    day = date.fromisoformat(said["as_of"]) if said.get("as_of") else None
    counts = {
        one.name: int(said.get(one.name, 0)) for one in fields(Assets) if one.name not in ("as_of", "buys")
    }
    return Assets(as_of=day, buys=said.get("buys", ""), **counts)


def list_of(profile: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """One of LISTS."""
    return tuple(profile.get(name, ()))
