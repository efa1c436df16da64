"""Tables made together: the same database as one by one, there and back, and a refusal of what would not be."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter
from pgtrigger import compiler
from pgtrigger.migrations import AddTrigger

from kern.migreren import Together

pytestmark = pytest.mark.django_db(transaction=False)


def street():
    return migrations.CreateModel("Laan", [("id", models.BigAutoField(primary_key=True)), ("naam", models.TextField())])


def house(**options):
    to_street = models.ForeignKey("kern.laan", models.CASCADE)
    return migrations.CreateModel(
        "Woning", [("id", models.BigAutoField(primary_key=True)), ("laan", to_street)], options
    )


def refuse_deletion():
    sql = compiler.UpsertTriggerSql(
        func="RAISE EXCEPTION 'deze laan blijft';",
        operation="DELETE",
        pgid="pgtrigger_laan_blijft_0001",
        table="kern_laan",
        when="BEFORE",
    )
    return AddTrigger("laan", compiler.Trigger(name="laan_blijft", sql=sql))


def tables():
    return set(connection.introspection.table_names())


def migration(*operations):
    made = Migration("proef", "kern")
    made.operations = list(operations)
    return made


def test_tables_that_point_to_each_other_are_made_and_taken_away_again():
    # The house before the street it points to: all keys are laid at the end.
    step = migration(Together([house(), street(), refuse_deletion()]))
    before = tables()
    state = ProjectState()
    with connection.schema_editor() as editor:
        after = step.apply(state.clone(), editor)
    assert tables() - before == {"kern_laan", "kern_woning"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'kern_laan'::regclass AND NOT tgisinternal")
        assert cursor.fetchall() == [("pgtrigger_laan_blijft_0001",)]
        cursor.execute("SELECT conrelid::regclass::text FROM pg_constraint WHERE confrelid = 'kern_laan'::regclass")
        assert cursor.fetchall() == [("kern_woning",)]

    one_by_one = migration(street(), house(), refuse_deletion()).mutate_state(state.clone(), preserve=True)
    assert after == one_by_one

    with connection.schema_editor() as editor:
        step.unapply(state.clone(), editor)
    assert tables() == before


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("Laan", "lengte", models.IntegerField(null=True)),
        migrations.AddIndex("laan", models.Index(fields=["naam"], name="laan_naam")),
        migrations.AddConstraint("laan", models.UniqueConstraint(fields=["naam"], name="laan_uniek")),
    ],
)
def test_what_belongs_in_the_table_itself_is_refused(operation):
    with pytest.raises(ValueError, match=r"Put this in the CreateModel of [Ll]aan"):
        Together([street(), operation])


@pytest.mark.parametrize("operation", [migrations.DeleteModel("Laan"), migrations.RunPython(migrations.RunPython.noop)])
def test_what_does_not_add_is_refused(operation):
    with pytest.raises(ValueError, match="Only what adds can be done together"):
        Together([operation])


def test_it_can_be_written_to_a_file():
    text, imports = OperationWriter(Together([street()]), indentation=0).serialize()
    assert text.startswith("kern.migreren.Together(")
    assert "name='Laan'" in text
    assert "import kern.migreren" in imports
