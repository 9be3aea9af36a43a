"""A migration that only makes tables makes them at once.

Django works out the state of every model of the product again after each single operation; with some 150 tables
that is nine tenths of the time a fresh database takes. Here the state is worked out once for the whole migration,
and each table is made as it is at the end of it.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.models import ModelOperation
from django.db.migrations.state import ProjectState


class NewTables(migrations.Migration):
    """Base of migrations whose operations all concern models that the same migration creates.

    Raises ``TypeError`` for any other operation: it belongs in a migration of its own.
    """

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        """Make the tables; return the state after them."""
        self._check()
        project_state.__dict__.pop("apps", None)  # else each operation below would work it out again
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            if isinstance(operation, migrations.CreateModel):
                model = project_state.apps.get_model(self.app_label, operation.name)
                if operation.allow_migrate_model(schema_editor.connection.alias, model):
                    schema_editor.create_model(model)
        return project_state

    def _check(self) -> None:
        made = {one.name_lower for one in self.operations if isinstance(one, migrations.CreateModel)}
        for operation in self.operations:
            name = getattr(operation, "model_name_lower", getattr(operation, "name_lower", ""))
            told = isinstance(operation, ModelOperation) or hasattr(operation, "model_name_lower")
            if not told or name not in made:
                raise TypeError(f"{self}: {operation.describe()} does not concern a table of this migration")
