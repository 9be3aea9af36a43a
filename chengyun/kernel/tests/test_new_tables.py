"""Tables made at once are the tables that Django would make one operation after the other."""

from __future__ import annotations

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from chengyun.kernel.new_tables import NewTables

NOTE = migrations.CreateModel(
    "Note", [("id", models.AutoField(primary_key=True)), ("text", models.CharField(max_length=9))]
)
PAGE = migrations.CreateModel("Page", [("id", models.AutoField(primary_key=True))])
LATER = [
    migrations.AddField("note", "page", models.ForeignKey("kernel.Page", models.PROTECT, null=True)),
    migrations.AddIndex("note", models.Index(fields=["text"], name="note_by_text")),
    migrations.AddConstraint("note", models.UniqueConstraint(fields=["page", "text"], name="one_of_a_page")),
]


def applied(base: type[migrations.Migration]) -> tuple[dict[str, object], list[str]]:
    """The indexes and constraints, and the columns of the table, after which it is taken away again."""
    made = base("0001_initial", "kernel")
    made.operations = [NOTE, PAGE, *LATER]
    with connection.schema_editor(atomic=True) as editor:
        after = made.apply(ProjectState(), editor)
    table = after.apps.get_model("kernel", "note")._meta.db_table
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table)
        columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
    with connection.schema_editor(atomic=True) as editor:
        for name in ("note", "page"):
            editor.delete_model(after.apps.get_model("kernel", name))
    told = {name: (one["columns"], one["unique"], one["foreign_key"]) for name, one in constraints.items()}
    return dict(sorted(told.items())), sorted(columns)


@pytest.mark.django_db(transaction=True)
def test_at_once_is_the_same_as_one_after_the_other():
    at_once, one_by_one = applied(NewTables), applied(migrations.Migration)
    assert at_once[1] == one_by_one[1] == ["id", "page_id", "text"]
    assert sorted(map(str, at_once[0].values())) == sorted(map(str, one_by_one[0].values()))
    assert {"note_by_text", "one_of_a_page"} <= set(at_once[0])


def test_a_change_to_a_table_of_before_is_refused():
    made = NewTables("0002_more", "kernel")
    made.operations = [PAGE, migrations.AddIndex("case", models.Index(fields=["state"], name="by_state"))]
    with pytest.raises(TypeError, match="by_state"):
        made.apply(ProjectState(), None)
    made.operations = [migrations.RunPython(migrations.RunPython.noop)]
    with pytest.raises(TypeError, match="does not concern"):
        made.apply(ProjectState(), None)
