"""Chinese first; English by one click; the browser's own language does not decide."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "header", "language"),
    [("", "en-GB,en", "zh-hans"), ("en", "zh-CN", "en"), ("xx", "en", "zh-hans")],
)
def test_the_switch_decides(cookie, header, language):
    client = Client(headers={"Accept-Language": header})
    if cookie:
        client.cookies["django_language"] = cookie
    assert client.get("/log-in/", follow=True).headers["Content-Language"] == language
