"""Making many tables in one step of a migration.

Django draws up every model anew after each operation of a migration, and all models that point to it: with some
hundreds of models that all point to a person and a wijk, that is most of the time a new database takes. `Together`
draws them up once for a whole list of operations, and then does the work of each in the database.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class Together(Operation):
    """Do these operations with one drawing of the models.

        operations = [Together([migrations.CreateModel(…), pgtrigger.migrations.AddTrigger(…)])]

    A table is made as it is at the end of the list. So only operations that add may be in it, and a model made in the
    list has its fields, indexes and constraints in its own `CreateModel`; anything else raises `ValueError`.
    """

    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)
        made: set[str] = set()
        for operation in self.operations:
            match operation:
                case CreateModel():
                    made.add(operation.name_lower)
                case AddField() | AddIndex() | AddConstraint() if operation.model_name.lower() in made:
                    raise ValueError(f"Put this in the CreateModel of {operation.model_name}: {operation.describe()}")
                case AddField() | AddIndex() | AddConstraint() | AddTrigger():
                    pass
                case _:
                    raise ValueError(f"Only what adds can be done together, not: {operation.describe()}")

    def deconstruct(self) -> tuple[str, Sequence[object], dict[str, object]]:
        return self.__class__.__qualname__, [self.operations], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # drawn up anew, once, when the database needs them
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        # `from_state` has what this step added, `to_state` does not; a trigger wants the model it stands on.
        for operation in reversed(self.operations):
            if isinstance(operation, AddTrigger):
                operation.database_backwards(app_label, schema_editor, from_state, from_state)
            else:
                operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Together: " + "; ".join(operation.describe() for operation in self.operations)
