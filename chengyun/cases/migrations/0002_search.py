"""The full-text index, in each database's own way. Not a model: no code but ``cases.search`` touches it."""

from django.db import migrations

_MAKE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE cases_searchtext USING fts5"
        "(tokens, detail=none, columnsize=0, tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE cases_searchtext (case_id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
        # New rows wait in a list, read by each search; it is short, so that neither a search nor the writer
        # who empties it takes long.
        "CREATE INDEX cases_searchtext_tokens ON cases_searchtext USING gin (tokens) "
        "WITH (fastupdate = on, gin_pending_list_limit = 256)",
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
