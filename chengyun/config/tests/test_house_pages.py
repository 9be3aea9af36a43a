"""Every address names who may open it, every page carries the content policy, every template parses."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from chengyun.config.tests.sources import PACKAGE, name

ROUTE_PARTS = {
    "int": "1",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "slug": "x",
    "path": "x",
    "str": "x",
}
# Doors that answer with JSON or a file check for themselves and say 401, never a log-in page.
REFUSALS = {302, 401, 403, 404, 405}


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address as a path with sample values in it, and its pattern."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        else:
            yield (
                re.sub(r"<(?:(\w+):)?\w+>", lambda part: ROUTE_PARTS.get(part[1] or "str", "x"), route),
                entry,
            )


ADDRESSES = [("/" + route, pattern) for route, pattern in addresses(get_resolver())]


def place(pattern: URLPattern) -> str:
    view = getattr(pattern.callback, "view_class", pattern.callback)
    return f"{view.__module__}.{getattr(view, '__name__', type(view).__name__)}"


def is_open(address: str, pattern: URLPattern) -> bool:
    """Open to strangers, by the mark of chengyun.organisation.access or by settings.OPEN_VIEWS."""
    return getattr(pattern.callback, "login_required", True) is False or is_listed(address)


def is_listed(address: str) -> bool:
    match = resolve(address)
    return bool(settings.OPEN_VIEWS.intersection([match.view_name, *match.namespaces]))


@pytest.mark.parametrize(("address", "pattern"), ADDRESSES, ids=[address for address, _ in ADDRESSES])
def test_every_address_names_who_may_open_it(address: str, pattern: URLPattern):
    assert "^" not in address, "written with path(), so that this test can fill it in"
    # ui lies beneath organisation and cannot import its marks; the middleware asks there for a log-in.
    marked = getattr(pattern.callback, "policy", None) or is_open(address, pattern)
    marked = marked or place(pattern).startswith("chengyun.ui.")
    assert marked, f"{place(pattern)} carries no mark of organisation.access"


# The API is open to the middleware, for it asks for a token by itself; only its description is public.
DESCRIPTION = {"openapi-json", "openapi-view", "api-root"}
CLOSED = [
    address
    for address, pattern in ADDRESSES
    if not is_open(address, pattern)
    or (address.startswith("/api/") and resolve(address).url_name not in DESCRIPTION)
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", CLOSED)
def test_a_stranger_is_turned_away(client, address: str):
    for ask in (client.get, client.post):
        answer = ask(address)
        assert answer.status_code in REFUSALS, f"{address} answered {answer.status_code} to a stranger"
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith(reverse(settings.LOGIN_URL))


@pytest.mark.django_db
def test_every_page_carries_a_strict_content_policy(client):
    for address in (reverse("healthz"), reverse(settings.LOGIN_URL), "/no-such-page"):
        said = client.get(address).headers["Content-Security-Policy"]
        policy = dict(part.strip().split(" ", 1) for part in said.split(";"))
        assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["object-src"] == policy["frame-ancestors"] == "'none'"
        assert "unsafe" not in said


@pytest.mark.django_db
def test_the_product_says_that_it_is_alive(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["database"] is True


TEMPLATES = sorted(path for path in PACKAGE.rglob("jinja2/**/*") if path.is_file())


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_template_parses(path):
    _, _, inside = str(path).partition("/jinja2/")
    engines["jinja2"].get_template(inside)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_needs_what_the_content_policy_forbids(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=\s*[\"']", text), "no style attribute"
    assert not re.search(r"\son(click|change|load|submit|input|error)\s*=", text), "no inline behaviour"
    assert not re.search(r"<style\b", text), "no inline style sheet"
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or 'type="application/json"' in script, f"no inline script: {script}"
