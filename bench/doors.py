"""The addresses that are measured, and how to come in: the one place to change when they change."""

from __future__ import annotations

import json
import random
import re
import uuid
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode

from bench.load import Request
from chengyun.config.testing.real_server import RealServer

CREATE = "/api/v1/cases"
TOKEN = ("api-token", "--post", "intake", "--note", "bench")  # prints the token alone on its last line
LOG_IN = "/log-in/"
# What a dispatcher opens all day, from a short list to all cases of years; {street} is a street's key.
LISTS = {
    "work-list, 50 rows": "/lists/dispatch/",
    "work-list, filtered by street": "/lists/dispatch/?street={street}",
    "overdue cases of a street": "/cases/?due=overdue&street={street}",
    "all cases": "/cases/",
    "closed orders of a street": "/cases/?state=hotline:closed&street={street}",
    "complaints by telephone of a street": "/cases/?street={street}&channel=phone&appeal_type=complaint",
}
# What citizens open; the map is asked for another piece of the district each time, as by somebody who moves it.
PUBLIC = {
    "public list": "/citizen/cases/",
    "public list, closed": "/citizen/cases/?state=closed",
    "public map, some streets": "/citizen/api/cases.geojson?zoom=15&bbox={west},{south},{east},{north}",
}
CASE = "/cases/{number}/"
SEARCH = "/search/?q={words}"
SUGGEST = "/hotline/suggest/"
WORDS = ("路灯", "井盖", "噪音扰民", "垃圾清运", "电梯故障", "违章停车", "友谊路", "小区停水")

NEW_CASE = {
    "kind": "hotline",
    "title": "友谊路近牡丹江路路灯不亮",
    "description": "市民来电反映路灯已连续三晚不亮，夜间行人通行不便。",
    "appeal_type": "complaint",
}


def token(server: RealServer) -> str:
    """A token that may open cases."""
    told = server.run(*TOKEN)
    if told.returncode:
        raise SystemExit(f"no token: {told.stdout}{told.stderr}")
    return told.stdout.split()[-1]


def create(bearer: str) -> Request:
    """A request that opens a case."""
    body = json.dumps({**NEW_CASE, "client_id": str(uuid.uuid4())}).encode()
    return "POST", CREATE, body, {"Content-Type": "application/json", "Authorization": f"Bearer {bearer}"}


def cookies(server: RealServer, username: str, password: str) -> str:
    """Log in through the form as a browser does; the value of the Cookie header."""
    jar: SimpleCookie = SimpleCookie()
    line = server.connection()
    line.request("GET", LOG_IN)
    answer = line.getresponse()
    page = answer.read().decode()
    for value in answer.headers.get_all("Set-Cookie") or []:
        jar.load(value)
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    form = {"username": username, "password": password, "csrfmiddlewaretoken": found[1] if found else ""}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": _header(jar)}
    line.request("POST", LOG_IN, urlencode(form), headers)
    answer = line.getresponse()
    answer.read()
    for value in answer.headers.get_all("Set-Cookie") or []:
        jar.load(value)
    line.close()
    if answer.status != 302:
        raise SystemExit(f"logging in as {username} answered {answer.status}")
    return _header(jar)


def _header(jar: SimpleCookie) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())


def street(server: RealServer, cookie: str) -> str:
    """The key of the first street that the filter bar offers."""
    line = server.connection()
    line.request("GET", "/cases/", None, {"Cookie": cookie})
    page = line.getresponse().read().decode()
    line.close()
    bar = page[page.index('name="street"') :]
    found = re.search(r'<option value="(\d+)"', bar)
    if found is None:
        raise SystemExit("the filter bar offers no street")
    return found[1]


def page(path: str, cookie: str) -> Request:
    return "GET", path, None, {"Cookie": cookie}


def case_page(cookie: str, numbers: list[str]) -> Request:
    return "GET", CASE.format(number=random.choice(numbers)), None, {"Cookie": cookie}


def public(path: str) -> Request:
    """A citizen's request; in the map's the box is some 3 km wide, anywhere in the district."""
    west, south = round(random.uniform(121.30, 121.48), 4), round(random.uniform(31.30, 31.45), 4)
    return "GET", path.format(west=west, south=south, east=west + 0.03, north=south + 0.03), None, {}


def search(cookie: str) -> Request:
    return "GET", SEARCH.format(words=quote(random.choice(WORDS))), None, {"Cookie": cookie}


def csrf(cookie: str) -> str:
    """The token that a form sends with this cookie."""
    jar: SimpleCookie = SimpleCookie(cookie)
    return jar["csrftoken"].value


def suggest(cookie: str, typed: list[dict[str, str]]) -> Request:
    """The form of an order as it stands while somebody types."""
    body = urlencode(random.choice(typed)).encode()
    headers = {
        "Cookie": cookie,
        "X-CSRFToken": csrf(cookie),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return "POST", SUGGEST, body, headers
