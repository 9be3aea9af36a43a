"""The full-text index, in each database's own way. Not a model: no code but ``cases.search`` touches it."""

from django.db import migrations

_MAKE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE cases_searchtext USING fts5"
        "(tokens, detail=none, columnsize=0, tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE cases_searchtext (case_id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
        # Updates wait in the pending list would make a search slow at random moments.
        "CREATE INDEX cases_searchtext_tokens ON cases_searchtext USING gin (tokens) WITH (fastupdate = off)",
    ),
}


def make(apps, editor):
    for sql in _MAKE[editor.connection.vendor]:
        editor.execute(sql)


def drop(apps, editor):
    editor.execute("DROP TABLE cases_searchtext")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
