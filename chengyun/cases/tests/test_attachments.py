"""Files: judged by content, stored once, shown without what the camera wrote, handed out by who may see."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.http import FileResponse
from django.test import RequestFactory
from PIL import Image

from chengyun.cases.actions.attachments import MOST_WAITING, add_attachment, attach
from chengyun.cases.attachments import judge, store
from chengyun.cases.attachments.access import attachment_seen_by, file_of
from chengyun.cases.models import Attachment, StoredFile
from chengyun.cases.tests import files
from chengyun.cases.tests.scene import NOW, a_case, a_unit, asked, somebody
from chengyun.cases.views_attachments import serve, upload
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def clerk(db):
    return somebody("李受理", "intake", a_unit("受理科"))


@pytest.fixture
def bureau(db):
    return a_unit("绿化局")


def left_over(media) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_a_photo_that_breaks_off_is_refused_and_nothing_is_kept(clerk, media):
    whole = files.photo((900, 600))
    with pytest.raises(Invalid, match="损坏"):
        add_attachment(None, files.upload(whole[: len(whole) // 2]), kind="evidence", actor=clerk, now=NOW)
    assert not Attachment.objects.exists()
    assert left_over(media) == []


def test_a_file_past_the_bound_is_refused_while_it_is_read(clerk, media, monkeypatch):
    monkeypatch.setattr(judge, "LIMITS", {"image": 1000, "document": 2000, "audio": 3000, "video": 4000})
    for content in (files.wav() + bytes(4000), files.photo((300, 300))):
        with pytest.raises(Invalid, match="超过"):
            add_attachment(None, files.upload(content), kind="voice", actor=clerk, now=NOW)
    assert left_over(media) == []


def test_place_and_time_are_read_and_then_gone_from_what_is_shown(clerk):
    case = a_case()
    row = add_attachment(case.pk, files.upload(files.camera_photo()), kind="evidence", actor=clerk, now=NOW)
    assert row.taken_at == datetime(2026, 8, 31, 1, 15, tzinfo=UTC)
    assert row.taken_longitude == pytest.approx(121.49)
    assert row.taken_latitude == pytest.approx(31.405)
    assert store.path_of(row.sha256).read_bytes() == files.camera_photo()
    for variant in ("display", "thumb"):
        shown = file_of(row, variant, clerk).read_bytes()
        assert b"SecretPhone" not in shown
        assert b"Exif" not in shown
        with Image.open(io.BytesIO(shown)) as image:
            assert not image.getexif()
            assert "exif" not in image.info


def test_a_photo_held_sideways_is_shown_upright(clerk):
    row = add_attachment(None, files.upload(files.camera_photo(6)), kind="evidence", actor=clerk, now=NOW)
    assert (row.width, row.height) == (40, 60)
    with Image.open(file_of(row, "display", clerk)) as image:
        assert image.size == (40, 60)
        top = image.convert("RGB").getpixel((20, 5))  # what was on the left
        assert isinstance(top, tuple)
        assert top[0] > 200 > top[2]


def test_large_photos_are_shown_smaller_and_clear_ones_on_white(clerk):
    large = add_attachment(None, files.upload(files.photo((3000, 1000))), kind="before", actor=clerk, now=NOW)
    with Image.open(file_of(large, "display", clerk)) as image:
        assert image.size == (2000, 667)
    with Image.open(file_of(large, "thumb", clerk)) as image:
        assert max(image.size) == 320
    assert (large.width, large.height) == (3000, 1000)
    for mode in ("RGBA", "LA", "P", "L", "1", "CMYK"):
        form = "JPEG" if mode == "CMYK" else "PNG"
        content = io.BytesIO()
        Image.new(mode, (30, 20), 0).save(content, form)
        row = add_attachment(None, files.upload(content.getvalue()), kind="before", actor=clerk, now=NOW)
        with Image.open(file_of(row, "display", clerk)) as image:
            assert image.mode == "RGB"
            assert image.getpixel((3, 3)) == (255, 255, 255) or "A" not in mode


def test_a_missing_thumbnail_is_made_again(clerk):
    row = add_attachment(None, files.upload(files.photo()), kind="evidence", actor=clerk, now=NOW)
    store.derived_path(row.sha256, "thumb").unlink()
    assert file_of(row, "thumb", clerk).is_file()
    store.derived_path(row.sha256, "thumb").unlink()
    store.path_of(row.sha256).unlink()
    with pytest.raises(NotThere, match="缺失"):
        file_of(row, "thumb", clerk)


def test_a_retry_gets_the_first_answer_and_stores_nothing_twice(clerk, media):
    ticket = uuid.uuid4()

    def send(content: bytes, actor: Actor = clerk) -> Attachment:
        return add_attachment(
            None, files.upload(content), kind="evidence", actor=actor, now=NOW, client_id=ticket
        )

    first = send(files.photo())
    assert send(files.photo()) == first
    assert Attachment.objects.count() == StoredFile.objects.count() == 1
    with pytest.raises(Invalid, match="刷新"):
        send(files.photo((99, 99)))
    other = somebody("王受理", "intake", a_unit("另一科"))
    with pytest.raises(Invalid, match="刷新"):
        send(files.photo(), other)
    assert len(left_over(media)) == 3  # original, display, thumb


def test_two_retries_at_the_same_moment_give_one_attachment(clerk, monkeypatch):
    ticket = uuid.uuid4()
    monkeypatch.setattr("chengyun.cases.actions.attachments._retried", lambda *_: None)
    rows = [
        add_attachment(
            None, files.upload(files.photo()), kind="evidence", actor=clerk, now=NOW, client_id=ticket
        )
        for _ in range(2)
    ]
    assert rows[0] == rows[1]


def test_the_same_content_is_stored_once_for_two_cases(clerk):
    one, two = a_case(), a_case()
    for case in (one, two):
        add_attachment(case.pk, files.upload(files.photo()), kind="evidence", actor=clerk, now=NOW)
    assert Attachment.objects.count() == 2
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\照片\\门口.PNG", "门口.jpg"),
        ("a\r\nX-Evil: 1.exe", "aX-Evil 1.jpg"),
        ("", "未命名.jpg"),
        ("..", "未命名.jpg"),
        ("长" * 300 + ".jpg", "长" * 100 + ".jpg"),
    ],
)
def test_a_name_is_cleaned_and_ends_as_the_content_does(clerk, given, kept):
    class Sent:
        name, size = given, None

        def chunks(self):
            return [files.photo()]

    row = add_attachment(None, Sent(), kind="evidence", actor=clerk, now=NOW)
    assert row.download_name == kept


def test_only_who_may_see_the_case_may_add_or_have_a_file(clerk, bureau):
    case = a_case(lead_unit=bureau)
    row = add_attachment(case.pk, files.upload(files.photo()), kind="evidence", actor=clerk, now=NOW)
    liaison = somebody("赵联络", "unit", bureau)
    stranger = somebody("钱联络", "unit", a_unit("水务局"))
    assert attachment_seen_by(row.pk, liaison) == row
    with pytest.raises(NotThere):
        attachment_seen_by(row.pk, stranger)
    with pytest.raises(NotThere):
        add_attachment(case.pk, files.upload(files.photo()), kind="after", actor=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        add_attachment(None, files.upload(files.photo()), kind="after", actor=Actor(1, "谁"), now=NOW)
    with pytest.raises(Invalid, match="种类"):
        add_attachment(case.pk, files.upload(files.photo()), kind="nonsense", actor=clerk, now=NOW)


def test_the_original_of_a_photo_is_for_the_centre(clerk, bureau):
    case = a_case(lead_unit=bureau)
    row = add_attachment(case.pk, files.upload(files.camera_photo()), kind="evidence", actor=clerk, now=NOW)
    liaison = somebody("赵联络", "unit", bureau)
    assert file_of(row, "original", clerk).is_file()
    with pytest.raises(NotAllowed):
        file_of(row, "original", liaison)
    assert file_of(row, "display", liaison).is_file()


def test_the_voice_of_a_secret_caller_stays_in_the_centre(clerk, bureau):
    liaison = somebody("赵联络", "unit", bureau)
    for secret in (False, True):
        case = a_case(lead_unit=bureau, secret=secret)
        row = add_attachment(
            case.pk, files.upload(files.mp3(), "来电.mp3"), kind="voice", actor=clerk, now=NOW
        )
        row = attachment_seen_by(row.pk, liaison)
        if secret:
            with pytest.raises(NotAllowed):
                file_of(row, "original", liaison)
        else:
            assert file_of(row, "original", liaison).is_file()
        with pytest.raises(NotThere):
            file_of(row, "thumb", clerk)


def test_uploads_wait_for_their_verb_and_are_then_tied_to_its_event(clerk):
    case, other = a_case(), a_case()
    colleague = somebody("王受理", "intake", a_unit("受理二科"))
    waiting = add_attachment(None, files.upload(files.photo()), kind="evidence", actor=clerk, now=NOW)
    with pytest.raises(NotThere):
        attachment_seen_by(waiting.pk, colleague)
    for wrong in ([waiting.pk, 999_999], [waiting.pk]):
        with pytest.raises(Invalid, match="附件"):
            attach(wrong, case_id=case.pk, event_seq=3, actor=colleague if wrong == [waiting.pk] else clerk)
    attach([waiting.pk], case_id=case.pk, event_seq=3, actor=clerk)
    waiting.refresh_from_db()
    assert (waiting.case_id, waiting.event_seq) == (case.pk, 3)
    with pytest.raises(Invalid):
        attach([waiting.pk], case_id=other.pk, event_seq=1, actor=clerk)


def test_nobody_can_fill_the_store_with_uploads_that_no_verb_takes_up(clerk):
    row = add_attachment(None, files.upload(files.photo()), kind="evidence", actor=clerk, now=NOW)
    for _ in range(MOST_WAITING - 1):
        row.pk, row.client_id = None, uuid.uuid4()
        row.save(force_insert=True)
    with pytest.raises(Invalid, match="先提交"):
        add_attachment(None, files.upload(files.photo()), kind="evidence", actor=clerk, now=NOW)


def ask(actor: Actor, row: Attachment, variant: str, **headers: str):
    request = RequestFactory().get("/", headers=headers)
    return serve(asked(request, actor), row.pk, variant)


def test_a_file_goes_out_guarded_and_is_not_sent_twice(clerk):
    row = add_attachment(None, files.upload(files.photo(), "门口.png"), kind="evidence", actor=clerk, now=NOW)
    answer = ask(clerk, row, "original")
    assert isinstance(answer, FileResponse)
    assert b"".join(answer) == files.photo()
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "private" in answer.headers["Cache-Control"]
    thumb = ask(clerk, row, "thumb")
    assert thumb.headers["Content-Disposition"].startswith("inline")
    assert ask(clerk, row, "thumb", if_none_match=thumb.headers["ETag"]).status_code == 304
    with pytest.raises(NotThere):
        ask(clerk, row, "nonsense")
    thumb.close()


def send_form(actor: Actor, **said: object):
    request = RequestFactory().post("/", said)
    return upload(asked(request, actor))


def test_the_upload_door_answers_with_what_was_kept(clerk, settings):
    settings.ROOT_URLCONF = "chengyun.cases.tests.addresses"
    case = a_case()
    ticket = str(uuid.uuid4())
    answer = send_form(
        clerk, file=files.upload(files.photo()), kind="evidence", case=str(case.pk), client_id=ticket
    )
    assert answer.status_code == 201
    assert b"image/jpeg" in answer.content
    assert Attachment.objects.get().case_id == case.pk


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "evidence"}, "file"),
        ({"kind": "evidence", "file": "just text"}, "file"),
        ({"kind": "evidence", "case": "1e9"}, "case"),
        ({"kind": "evidence", "case": "９"}, "case"),
        ({"kind": "evidence", "client_id": "not-a-uuid"}, "client_id"),
        ({"kind": "x" * 500}, "kind"),
    ],
)
def test_a_wrong_form_is_told_which_field(clerk, said, field):
    if field != "file":
        said = {**said, "file": files.upload(files.photo())}
    with pytest.raises(Invalid) as refusal:
        send_form(clerk, **said)
    assert set(refusal.value.fields) == {field}
