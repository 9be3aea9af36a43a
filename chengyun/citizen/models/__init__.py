"""Tables of the public's pages."""

from chengyun.citizen.models.reports import (
    Addition,
    Clearance,
    FollowLink,
    PhoneCheck,
    RateHit,
    Report,
    SpentProof,
    Supporter,
)
from chengyun.citizen.models.rows import CitizenRule, PlainCategory, PlainQuestion, PlainWord, PublicClass

__all__ = [
    "Addition",
    "CitizenRule",
    "Clearance",
    "FollowLink",
    "PhoneCheck",
    "PlainCategory",
    "PlainQuestion",
    "PlainWord",
    "PublicClass",
    "RateHit",
    "Report",
    "SpentProof",
    "Supporter",
]
