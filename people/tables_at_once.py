"""The tables of a first migration made together: seconds instead of half a minute."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class TablesAtOnce(Operation):
    """Every table of an app as the last of `operations` leaves it, then its triggers.

    Django renders all models anew for every operation; here they are rendered once. `operations`
    is what `makemigrations` writes for an app without tables, and nothing that moves rows.
    """

    category = OperationCategory.ADDITION
    atomic = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models to the state, unrendered."""
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the tables whole, with their constraints and indexes, then the triggers."""
        for operation in self._tables():
            model = to_state.apps.get_model(app_label, operation.name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)
        for trigger in self._triggers():
            trigger.database_forwards(app_label, schema_editor, to_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the tables, those that point at others first."""
        for operation in reversed(self._tables()):
            model = from_state.apps.get_model(app_label, operation.name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        """What `migrate --plan` shows."""
        return f"Create {len(self._tables())} tables at once"

    def _tables(self) -> list[CreateModel]:
        return [made for made in self.operations if isinstance(made, CreateModel)]

    def _triggers(self) -> list[AddTrigger]:
        return [made for made in self.operations if isinstance(made, AddTrigger)]
