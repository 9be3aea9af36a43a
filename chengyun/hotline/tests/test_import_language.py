"""Whoever reads English is told in English what is wrong with a file; the catalogue has every sentence."""

import pytest
from django.utils import translation

from chengyun.hotline.actions.imports import _language_of
from chengyun.hotline.imports.mapping import load_mapping
from chengyun.hotline.imports.orders import OrderReader
from chengyun.hotline.models import ImportRun
from chengyun.kernel import clock
from chengyun.kernel.errors import Invalid
from chengyun.organisation.models import Account
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import person


class _English:
    """A catalogue of a few sentences, so that the test does not hang on the state of the shipped one."""

    SAID = {
        "为空": "is empty",
        "%(label)s：%(error)s": "%(label)s: %(error)s",
        "“%(value)s”不是度数": "no degrees: %(value)s",
    }

    def gettext(self, text: str) -> str:
        return self.SAID.get(text, text)


def test_reasons_go_through_the_catalogue(monkeypatch):
    english = _English()
    monkeypatch.setattr("chengyun.hotline.imports.orders._", english.gettext)
    reader = OrderReader(load_mapping("boston_311"), clock.now())
    columns = {column for _name, _field, columns in reader._fields for column in columns}
    with pytest.raises(Invalid) as error:
        reader.order({**dict.fromkeys(columns, ""), "latitude": "north"})
    said = error.value.fields
    assert said["latitude"].endswith("no degrees: north")
    assert said["source_number"].endswith(": is empty")


@pytest.mark.django_db
@pytest.mark.parametrize(("chosen", "expected"), [("en", "en"), ("", "zh-hans")])
def test_a_run_speaks_the_language_of_who_asked(chosen, expected):
    who = person("bert", Post.SHIFT_LEADER)
    Account.objects.filter(pk=who.account.pk).update(language=chosen)
    run = ImportRun(asked_by_id=who.person.pk, asked_at=clock.now())
    with translation.override(_language_of(run)):
        assert translation.get_language() == expected
