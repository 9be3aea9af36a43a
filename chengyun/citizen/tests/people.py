"""A citizen at the public's pages, without script: reads a form, fills it in, sends it."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.test import Client

from chengyun.citizen.models import PlainCategory, PlainQuestion

REPORT = "/citizen/report/"
# 友谊路牡丹江路, somewhere inside the district.
PLACE = {"longitude": "121.4892", "latitude": "31.4053"}


def category(name: str = "道路与路灯") -> PlainCategory:
    """A category as it is loaded."""
    return PlainCategory.objects.get(name=name)


def answered(page: str) -> dict[str, str]:
    """The token of the question on a page, with its right answer."""
    found = re.search(r'name="proof" value="([^"]+)"', page)
    assert found, "the page asks no question"
    said = signing.loads(found[1], salt="chengyun.citizen.proof")
    row = PlainQuestion.objects.filter(pk=said["row"]).first()
    return {"proof": found[1], "answer": row.answers.split(",")[0] if row else str(sum(said["sum"]))}


def problem(client: Client, **changed: Any) -> dict[str, Any]:
    """A form of a broken lamp, filled in; a value of None is left out."""
    said = {
        "client_id": str(uuid.uuid4()),
        "category": str(category().pk),
        "description": "路口的路灯三天没亮了，晚上很黑。",
        "address": "友谊路牡丹江路口",
        **answered(client.get(REPORT).content.decode()),
        **changed,
    }
    return {name: value for name, value in said.items() if value is not None}


def tell(client: Client, **changed: Any) -> str:
    """Report a problem and return the token of its private page."""
    answer = client.post(REPORT, problem(client, **changed))
    assert answer.status_code == 302, read(answer)
    return answer.headers["Location"].split("/")[3]


def read(answer: HttpResponse) -> str:
    """The page as text."""
    return answer.content.decode()
