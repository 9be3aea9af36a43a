"""The page on which an administrator takes areas and grids in."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chengyun.geography.models import Area
from chengyun.geography.tests.test_import import COMMUNITY, shape_at
from chengyun.kernel.actor import Actor, Holding
from chengyun.kernel.errors import NotAllowed

pytestmark = pytest.mark.usefixtures("baoshan")


@pytest.fixture
def page(rf, client, monkeypatch):
    """Opens the page as an administrator; the rooms above, which log people in, are not needed."""
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.sessions.backends.db import SessionStore

    from chengyun.geography import views_import
    from chengyun.geography.tests.conftest import NOW

    session = SessionStore()

    def opened(view="import_page", post="admin", **data):
        address = reverse("geography:import")
        request = rf.post(address, data) if data else rf.get(address)
        request.actor = Actor(None, "王管理", (Holding(post, 1),))
        request.now, request.session, request.user = NOW, session, AnonymousUser()
        return getattr(views_import, view)(request)

    return opened


def _file(name, text):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def _said(file, **more):
    return {"what": "areas", "file": file, "system": "wgs84", "tolerance": "50", **more}


def test_only_administrators(page):
    assert page().status_code == 200
    with pytest.raises(NotAllowed):
        page(post="intake")


def test_a_feature_collection_comes_in_and_bad_rows_are_named(page):
    features = [
        {
            "type": "Feature",
            "properties": {"code": COMMUNITY, "name": "新名字"},
            "geometry": shape_at(COMMUNITY),
        },
        {"type": "Feature", "properties": {"code": "12", "name": "无此代码"}, "geometry": None},
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    shown = page(**_said(_file("居村.geojson", text), tolerance="2000"))
    assert shown.status_code == 200, shown.content.decode()
    living = Area.objects.get(code=COMMUNITY, valid_until=None)
    assert living.name == "新名字"
    assert "王管理" in living.source
    assert "居村.geojson" in living.source
    rejects = b"".join(page("rejects").streaming_content).decode("utf-8-sig").splitlines()
    assert rejects[0] == "line,field,reason,original"
    assert rejects[1].startswith("2,code,")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"file": _file("a.txt", "x")}, "file"),
        ({"file": _file("a.csv", "name\nx")}, "file"),
        ({"file": _file("a.geojson", "{")}, "file"),
        ({"file": _file("a.geojson", b"\xff\xfe\x00\x81")}, "file"),
        ({"file": _file("a.csv", "code\n1"), "system": "mars"}, "system"),
        ({"file": _file("a.csv", "code\n1"), "what": "moons"}, "what"),
        ({"file": _file("a.csv", "code\n1"), "tolerance": "nan"}, "tolerance"),
        ({"file": _file("a.csv", "code\n1"), "valid_from": "gestern"}, "valid_from"),
    ],
)
def test_a_wrong_form_is_answered_beside_the_field(page, said, field):
    said["file"].seek(0)
    shown = page(**_said(said.pop("file"), **said))
    assert shown.status_code == 422
    assert f"id_{field}_error" in shown.content.decode()
