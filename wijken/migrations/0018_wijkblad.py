import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from kern.migreren import Together


class Migration(migrations.Migration):

    dependencies = [
        ('beelden', '0001_initial'),
        ('wijken', '0017_ogc'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [Together([
        migrations.AddField(
            model_name='teamlid',
            name='foto',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beelden.beeld', verbose_name='foto'),
        ),
        migrations.AddField(
            model_name='wijk',
            name='inwoners',
            field=models.PositiveIntegerField(blank=True, help_text='Voor de cijfers per 1.000 inwoners. Leeg: niet bekend.', null=True, verbose_name='inwoners'),
        ),
        migrations.AddField(
            model_name='wijk',
            name='inwoners_bron',
            field=models.CharField(blank=True, help_text='Met de datum: rijksregister, 1 januari 2026.', max_length=120, verbose_name='bron van het aantal inwoners'),
        ),
        migrations.CreateModel(
            name='Overdracht',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('op', models.DateField(verbose_name='vanaf')),
                ('nota', models.TextField(blank=True, max_length=4000, verbose_name='wat je opvolger moet weten')),
                ('status', models.CharField(choices=[('klaar', 'staat klaar'), ('overgenomen', 'overgenomen'), ('ingetrokken', 'ingetrokken')], default='klaar', max_length=12, verbose_name='stand')),
                ('inhoud', models.JSONField(blank=True, default=list, editable=False, verbose_name='wat overgenomen werd')),
                ('gemaakt_op', models.DateTimeField(verbose_name='gemaakt op')),
                ('beeindigd_op', models.DateTimeField(blank=True, null=True, verbose_name='overgenomen of ingetrokken op')),
                ('op_naam_gezet', models.PositiveIntegerField(default=0, verbose_name='op naam van de opvolger gezet')),
                ('beeindigd_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='overgenomen of ingetrokken door')),
                ('gemaakt_door', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemaakt door')),
                ('naar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overdrachten', to=settings.AUTH_USER_MODEL, verbose_name='wie neemt over')),
                ('van', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wie geeft over')),
                ('wijk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overdrachten', to='wijken.wijk', verbose_name='wijk')),
            ],
            options={
                'verbose_name': 'overdracht',
                'verbose_name_plural': 'overdrachten',
                'ordering': ['-gemaakt_op', '-pk'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('status', 'klaar')), fields=('wijk',), name='overdracht_one_at_a_time'),
                    models.CheckConstraint(condition=models.Q(('van', models.F('naar')), _negated=True), name='overdracht_to_somebody_else'),
                    models.CheckConstraint(condition=models.Q(models.Q(('beeindigd_op__isnull', True), ('status', 'klaar')), models.Q(models.Q(('status', 'klaar'), _negated=True), ('beeindigd_op__isnull', False)), _connector='OR'), name='overdracht_ended_has_moment'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OverdrachtHistoriek',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('op', models.DateField(verbose_name='vanaf')),
                ('status', models.CharField(choices=[('klaar', 'staat klaar'), ('overgenomen', 'overgenomen'), ('ingetrokken', 'ingetrokken')], default='klaar', max_length=12, verbose_name='stand')),
                ('gemaakt_op', models.DateTimeField(verbose_name='gemaakt op')),
                ('beeindigd_op', models.DateTimeField(blank=True, null=True, verbose_name='overgenomen of ingetrokken op')),
                ('op_naam_gezet', models.PositiveIntegerField(default=0, verbose_name='op naam van de opvolger gezet')),
                ('beeindigd_door', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='overgenomen of ingetrokken door')),
                ('gemaakt_door', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemaakt door')),
                ('naar', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wie neemt over')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historiek', related_query_name='historiek', to='wijken.overdracht')),
                ('van', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wie geeft over')),
                ('wijk', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wijken.wijk', verbose_name='wijk')),
            ],
            options={
                'verbose_name': 'historiek',
                'verbose_name_plural': 'historiek',
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overdracht',
            trigger=pgtrigger.compiler.Trigger(name='overdracht_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{klaar:ingetrokken,klaar:overgenomen}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='6baf8fd74d4be9cb40ea1e5f6583e0246a09b009', operation='UPDATE', pgid='pgtrigger_overdracht_steps_71cbf', table='wijken_overdracht', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overdracht',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wijken_overdrachthistoriek" ("beeindigd_door_id", "beeindigd_op", "gemaakt_door_id", "gemaakt_op", "id", "naar_id", "op", "op_naam_gezet", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "van_id", "wijk_id") VALUES (NEW."beeindigd_door_id", NEW."beeindigd_op", NEW."gemaakt_door_id", NEW."gemaakt_op", NEW."id", NEW."naar_id", NEW."op", NEW."op_naam_gezet", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."status", NEW."van_id", NEW."wijk_id"); RETURN NULL;', hash='6cfaf2f057ad01c50ba7784a588b244d4a933e87', operation='INSERT', pgid='pgtrigger_insert_insert_2c015', table='wijken_overdracht', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overdracht',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."wijk_id" IS DISTINCT FROM NEW."wijk_id" OR OLD."van_id" IS DISTINCT FROM NEW."van_id" OR OLD."naar_id" IS DISTINCT FROM NEW."naar_id" OR OLD."op" IS DISTINCT FROM NEW."op" OR OLD."status" IS DISTINCT FROM NEW."status" OR OLD."gemaakt_op" IS DISTINCT FROM NEW."gemaakt_op" OR OLD."gemaakt_door_id" IS DISTINCT FROM NEW."gemaakt_door_id" OR OLD."beeindigd_op" IS DISTINCT FROM NEW."beeindigd_op" OR OLD."beeindigd_door_id" IS DISTINCT FROM NEW."beeindigd_door_id" OR OLD."op_naam_gezet" IS DISTINCT FROM NEW."op_naam_gezet")', func='INSERT INTO "wijken_overdrachthistoriek" ("beeindigd_door_id", "beeindigd_op", "gemaakt_door_id", "gemaakt_op", "id", "naar_id", "op", "op_naam_gezet", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "van_id", "wijk_id") VALUES (NEW."beeindigd_door_id", NEW."beeindigd_op", NEW."gemaakt_door_id", NEW."gemaakt_op", NEW."id", NEW."naar_id", NEW."op", NEW."op_naam_gezet", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."status", NEW."van_id", NEW."wijk_id"); RETURN NULL;', hash='24392dc5efd200c9c5cbddd4e44699e69321238d', operation='UPDATE', pgid='pgtrigger_update_update_66545', table='wijken_overdracht', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overdracht',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wijken_overdrachthistoriek" ("beeindigd_door_id", "beeindigd_op", "gemaakt_door_id", "gemaakt_op", "id", "naar_id", "op", "op_naam_gezet", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "van_id", "wijk_id") VALUES (OLD."beeindigd_door_id", OLD."beeindigd_op", OLD."gemaakt_door_id", OLD."gemaakt_op", OLD."id", OLD."naar_id", OLD."op", OLD."op_naam_gezet", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."status", OLD."van_id", OLD."wijk_id"); RETURN NULL;', hash='3c4ed46d6a828f3409e37f7c91d785c874382fc9', operation='DELETE', pgid='pgtrigger_delete_delete_3b836', table='wijken_overdracht', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overdrachthistoriek',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='75a82c2b087a6b1f46495213857b7da1c2bc4dcc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_28279', table='wijken_overdrachthistoriek', when='BEFORE')),
        ),
    ])]
