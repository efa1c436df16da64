import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models
from kern.migreren import Together


class Migration(migrations.Migration):

    dependencies = [
        ('gebruikers', '__first__'),
        ('samenleven', '0005_bruggenbouwers_gegevens'),
        ('wijken', '0017_ogc'),
    ]

    operations = [
        Together([migrations.CreateModel(
            name='Denktafel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('naam', models.CharField(max_length=80, verbose_name='naam')),
                ('voorgesteld_op', models.DateField(blank=True, help_text='De dag waarop de stad de aanbevelingen kreeg.', null=True, verbose_name='stelde voor op')),
                ('domein', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='denktafels', to='samenleven.domein', verbose_name='domein')),
                ('traject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='denktafels', to='samenleven.traject', verbose_name='traject')),
            ],
            options={
                'verbose_name': 'denktafel',
                'verbose_name_plural': 'denktafels',
                'ordering': ['traject', 'naam'],
                'constraints': [models.UniqueConstraint(fields=('traject', 'naam'), name='denktafel_once')],
            },
        ),
        migrations.CreateModel(
            name='Aanbeveling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nummer', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('titel', models.CharField(max_length=160, verbose_name='titel')),
                ('tekst', models.TextField(max_length=4000, verbose_name='tekst zoals voorgesteld')),
                ('horizon', models.CharField(choices=[('quick_win', 'quick win'), ('lang', 'lange termijn')], max_length=10, verbose_name='horizon')),
                ('gericht_aan', models.CharField(help_text='Wie het moet doen, in de woorden van de denktafel.', max_length=160, verbose_name='gericht aan')),
                ('voorgesteld_op', models.DateField(verbose_name='voorgesteld op')),
                ('is_openbaar', models.BooleanField(default=False, verbose_name='mag iedereen lezen')),
                ('is_fictief', models.BooleanField(default=False, help_text='Alleen voor de demo bedacht.', verbose_name='fictief')),
                ('antwoord', models.CharField(choices=[('wacht', 'wacht op een antwoord'), ('overgenomen', 'overgenomen'), ('gedeeltelijk', 'gedeeltelijk overgenomen'), ('niet', 'niet overgenomen')], default='wacht', max_length=12, verbose_name='antwoord van de stad')),
                ('antwoord_reden', models.TextField(blank=True, max_length=4000, verbose_name='waarom')),
                ('antwoord_op', models.DateField(blank=True, null=True, verbose_name='beantwoord op')),
                ('nota', models.TextField(blank=True, max_length=4000, verbose_name='nota van de denktafel')),
                ('nota_op', models.DateField(blank=True, null=True, verbose_name='nota van')),
                ('gewijzigd_op', models.DateTimeField(verbose_name='gewijzigd op')),
                ('versie', models.PositiveIntegerField(default=1, editable=False, verbose_name='versie')),
                ('domein', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aanbevelingen', to='samenleven.domein', verbose_name='domein')),
                ('signalen', models.ManyToManyField(blank=True, related_name='aanbevelingen', to='samenleven.signaal', verbose_name='wat ervoor gezegd werd')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wijken.team', verbose_name='dienst die instaat')),
                ('traject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aanbevelingen', to='samenleven.traject', verbose_name='traject')),
                ('trekker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='trekker')),
                ('denktafel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aanbevelingen', to='samenleven.denktafel', verbose_name='denktafel')),
            ],
            options={
                'verbose_name': 'aanbeveling',
                'verbose_name_plural': 'aanbevelingen',
                'ordering': ['traject', 'nummer'],
                'indexes': [models.Index(fields=['domein', 'antwoord'], name='aanbeveling_by_domein')],
                'constraints': [models.UniqueConstraint(fields=('traject', 'nummer'), name='aanbeveling_numbered_once'), models.CheckConstraint(condition=models.Q(('nummer__gte', 1), ('nummer__lte', 999)), name='aanbeveling_number_possible'), models.CheckConstraint(condition=models.Q(models.Q(('antwoord', 'wacht'), ('antwoord_op', None)), models.Q(models.Q(('antwoord', 'wacht'), _negated=True), models.Q(('antwoord_reden', ''), _negated=True), ('antwoord_op__isnull', False)), _connector='OR'), name='aanbeveling_answer_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('nota', ''), ('nota_op', None)), models.Q(models.Q(('nota', ''), _negated=True), ('nota_op__isnull', False)), _connector='OR'), name='aanbeveling_note_has_day')],
            },
        ),
        migrations.CreateModel(
            name='Aanbevelingsvolger',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sleutel', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='sleutel')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mailadres')),
                ('taal', models.CharField(choices=[('nl', 'Nederlands'), ('fr', 'Frans'), ('en', 'Engels')], default='nl', max_length=2, verbose_name='taal')),
                ('gevraagd_op', models.DateTimeField(verbose_name='gevraagd op')),
                ('bevestigd_op', models.DateTimeField(blank=True, null=True, verbose_name='bevestigd op')),
                ('aanbeveling', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='volgers', to='samenleven.aanbeveling', verbose_name='aanbeveling')),
                ('denktafel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='volgers', to='samenleven.denktafel', verbose_name='lid van denktafel')),
            ],
            options={
                'verbose_name': 'volger van aanbevelingen',
                'verbose_name_plural': 'volgers van aanbevelingen',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(models.F('email'), models.F('aanbeveling'), models.F('denktafel'), name='aanbevelingsvolger_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('aanbeveling', None), ('denktafel__isnull', False)), models.Q(('aanbeveling__isnull', False), ('denktafel', None)), _connector='OR'), name='aanbevelingsvolger_of_one')],
            },
        ),
        migrations.CreateModel(
            name='AanbevelingHistoriek',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('nummer', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('titel', models.CharField(max_length=160, verbose_name='titel')),
                ('tekst', models.TextField(max_length=4000, verbose_name='tekst zoals voorgesteld')),
                ('horizon', models.CharField(choices=[('quick_win', 'quick win'), ('lang', 'lange termijn')], max_length=10, verbose_name='horizon')),
                ('gericht_aan', models.CharField(help_text='Wie het moet doen, in de woorden van de denktafel.', max_length=160, verbose_name='gericht aan')),
                ('voorgesteld_op', models.DateField(verbose_name='voorgesteld op')),
                ('is_openbaar', models.BooleanField(default=False, verbose_name='mag iedereen lezen')),
                ('is_fictief', models.BooleanField(default=False, help_text='Alleen voor de demo bedacht.', verbose_name='fictief')),
                ('antwoord', models.CharField(choices=[('wacht', 'wacht op een antwoord'), ('overgenomen', 'overgenomen'), ('gedeeltelijk', 'gedeeltelijk overgenomen'), ('niet', 'niet overgenomen')], default='wacht', max_length=12, verbose_name='antwoord van de stad')),
                ('antwoord_reden', models.TextField(blank=True, max_length=4000, verbose_name='waarom')),
                ('antwoord_op', models.DateField(blank=True, null=True, verbose_name='beantwoord op')),
                ('nota', models.TextField(blank=True, max_length=4000, verbose_name='nota van de denktafel')),
                ('nota_op', models.DateField(blank=True, null=True, verbose_name='nota van')),
                ('gewijzigd_op', models.DateTimeField(verbose_name='gewijzigd op')),
                ('domein', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='samenleven.domein', verbose_name='domein')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historiek', related_query_name='historiek', to='samenleven.aanbeveling')),
                ('team', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wijken.team', verbose_name='dienst die instaat')),
                ('traject', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='samenleven.traject', verbose_name='traject')),
                ('trekker', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='trekker')),
                ('denktafel', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='samenleven.denktafel', verbose_name='denktafel')),
            ],
            options={
                'verbose_name': 'historiek',
                'verbose_name_plural': 'historiek',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Ladderbewijs',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trede', models.PositiveSmallIntegerField(choices=[(1, 'gezegd'), (2, 'beslist'), (3, 'begroot'), (4, 'gestart'), (5, 'zichtbaar'), (6, 'nagegaan door bewoners')], verbose_name='trede')),
                ('op', models.DateField(verbose_name='op')),
                ('bewijs', models.CharField(max_length=500, verbose_name='waaruit dat blijkt')),
                ('url', models.URLField(blank=True, max_length=400, verbose_name='waar je het ziet')),
                ('aanbeveling', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bewijzen', to='samenleven.aanbeveling', verbose_name='aanbeveling')),
                ('door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
            ],
            options={
                'verbose_name': 'bewijs op de ladder',
                'verbose_name_plural': 'bewijzen op de ladder',
                'ordering': ['aanbeveling', 'trede'],
                'constraints': [models.UniqueConstraint(fields=('aanbeveling', 'trede'), name='ladderbewijs_once'), models.CheckConstraint(condition=models.Q(('bewijs', ''), _negated=True), name='ladderbewijs_says_what'), models.CheckConstraint(condition=models.Q(('trede__gte', 1), ('trede__lte', 6)), name='ladderbewijs_rung')],
            },
        ),
        migrations.CreateModel(
            name='Mijlpaal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('titel', models.CharField(max_length=160, verbose_name='wat er moet zijn')),
                ('tegen', models.DateField(verbose_name='tegen')),
                ('gehaald_op', models.DateField(blank=True, null=True, verbose_name='gehaald op')),
                ('bewijs', models.CharField(blank=True, max_length=500, verbose_name='waaruit dat blijkt')),
                ('aanbeveling', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mijlpalen', to='samenleven.aanbeveling', verbose_name='aanbeveling')),
            ],
            options={
                'verbose_name': 'mijlpaal van een aanbeveling',
                'verbose_name_plural': 'mijlpalen van aanbevelingen',
                'ordering': ['tegen', 'pk'],
                'indexes': [models.Index(condition=models.Q(('gehaald_op', None)), fields=['tegen'], name='aanbevelingsmijlpaal_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('bewijs', ''), ('gehaald_op', None)), models.Q(('gehaald_op__isnull', False), models.Q(('bewijs', ''), _negated=True)), _connector='OR'), name='aanbevelingsmijlpaal_evidence')],
            },
        ),
        migrations.CreateModel(
            name='Aanbevelingsnieuws',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('op', models.DateTimeField(verbose_name='op')),
                ('tekst', models.CharField(max_length=400, verbose_name='wat er veranderde')),
                ('gemeld_op', models.DateTimeField(blank=True, null=True, verbose_name='gemeld op')),
                ('aanbeveling', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nieuws', to='samenleven.aanbeveling', verbose_name='aanbeveling')),
            ],
            options={
                'verbose_name': 'nieuws over een aanbeveling',
                'verbose_name_plural': 'nieuws over aanbevelingen',
                'ordering': ['-op', '-pk'],
                'indexes': [models.Index(condition=models.Q(('gemeld_op', None)), fields=['op'], name='aanbevelingsnieuws_untold')],
                'constraints': [models.CheckConstraint(condition=models.Q(('gemeld_op', None), ('gemeld_op__gte', models.F('op')), _connector='OR'), name='aanbevelingsnieuws_told_after')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aanbevelinghistoriek',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='82e1fd8f535e6f97411bb4c6486e453d3a62edc8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_53572', table='samenleven_aanbevelinghistoriek', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aanbeveling',
            trigger=pgtrigger.compiler.Trigger(name='aanbeveling_answers', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."antwoord", \':\', NEW."antwoord") = ANY(\'{wacht:gedeeltelijk,wacht:niet,wacht:overgenomen,gedeeltelijk:niet,gedeeltelijk:overgenomen,niet:gedeeltelijk,niet:overgenomen,overgenomen:gedeeltelijk,overgenomen:niet}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."antwoord" IS DISTINCT FROM NEW."antwoord") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "antwoord" from "%" to "%" on table %\', OLD."antwoord", NEW."antwoord", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='c9d1b366a15feeb5a934dd1356d211146aec5e28', operation='UPDATE', pgid='pgtrigger_aanbeveling_answers_2d132', table='samenleven_aanbeveling', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aanbeveling',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "samenleven_aanbevelinghistoriek" ("antwoord", "antwoord_op", "antwoord_reden", "denktafel_id", "domein_id", "gericht_aan", "gewijzigd_op", "horizon", "id", "is_fictief", "is_openbaar", "nota", "nota_op", "nummer", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "tekst", "titel", "traject_id", "trekker_id", "voorgesteld_op") VALUES (NEW."antwoord", NEW."antwoord_op", NEW."antwoord_reden", NEW."denktafel_id", NEW."domein_id", NEW."gericht_aan", NEW."gewijzigd_op", NEW."horizon", NEW."id", NEW."is_fictief", NEW."is_openbaar", NEW."nota", NEW."nota_op", NEW."nummer", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."team_id", NEW."tekst", NEW."titel", NEW."traject_id", NEW."trekker_id", NEW."voorgesteld_op"); RETURN NULL;', hash='3a0e91481994a643cfa343888c379bea9caf5efe', operation='INSERT', pgid='pgtrigger_insert_insert_093ca', table='samenleven_aanbeveling', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aanbeveling',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."traject_id" IS DISTINCT FROM NEW."traject_id" OR OLD."nummer" IS DISTINCT FROM NEW."nummer" OR OLD."titel" IS DISTINCT FROM NEW."titel" OR OLD."tekst" IS DISTINCT FROM NEW."tekst" OR OLD."domein_id" IS DISTINCT FROM NEW."domein_id" OR OLD."denktafel_id" IS DISTINCT FROM NEW."denktafel_id" OR OLD."horizon" IS DISTINCT FROM NEW."horizon" OR OLD."gericht_aan" IS DISTINCT FROM NEW."gericht_aan" OR OLD."voorgesteld_op" IS DISTINCT FROM NEW."voorgesteld_op" OR OLD."is_openbaar" IS DISTINCT FROM NEW."is_openbaar" OR OLD."is_fictief" IS DISTINCT FROM NEW."is_fictief" OR OLD."team_id" IS DISTINCT FROM NEW."team_id" OR OLD."trekker_id" IS DISTINCT FROM NEW."trekker_id" OR OLD."antwoord" IS DISTINCT FROM NEW."antwoord" OR OLD."antwoord_reden" IS DISTINCT FROM NEW."antwoord_reden" OR OLD."antwoord_op" IS DISTINCT FROM NEW."antwoord_op" OR OLD."nota" IS DISTINCT FROM NEW."nota" OR OLD."nota_op" IS DISTINCT FROM NEW."nota_op" OR OLD."gewijzigd_op" IS DISTINCT FROM NEW."gewijzigd_op")', func='INSERT INTO "samenleven_aanbevelinghistoriek" ("antwoord", "antwoord_op", "antwoord_reden", "denktafel_id", "domein_id", "gericht_aan", "gewijzigd_op", "horizon", "id", "is_fictief", "is_openbaar", "nota", "nota_op", "nummer", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "tekst", "titel", "traject_id", "trekker_id", "voorgesteld_op") VALUES (NEW."antwoord", NEW."antwoord_op", NEW."antwoord_reden", NEW."denktafel_id", NEW."domein_id", NEW."gericht_aan", NEW."gewijzigd_op", NEW."horizon", NEW."id", NEW."is_fictief", NEW."is_openbaar", NEW."nota", NEW."nota_op", NEW."nummer", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."team_id", NEW."tekst", NEW."titel", NEW."traject_id", NEW."trekker_id", NEW."voorgesteld_op"); RETURN NULL;', hash='6f1b384695c98ce4a01ddb2f6f2ac5cf5b4763bc', operation='UPDATE', pgid='pgtrigger_update_update_0826d', table='samenleven_aanbeveling', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aanbeveling',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "samenleven_aanbevelinghistoriek" ("antwoord", "antwoord_op", "antwoord_reden", "denktafel_id", "domein_id", "gericht_aan", "gewijzigd_op", "horizon", "id", "is_fictief", "is_openbaar", "nota", "nota_op", "nummer", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "tekst", "titel", "traject_id", "trekker_id", "voorgesteld_op") VALUES (OLD."antwoord", OLD."antwoord_op", OLD."antwoord_reden", OLD."denktafel_id", OLD."domein_id", OLD."gericht_aan", OLD."gewijzigd_op", OLD."horizon", OLD."id", OLD."is_fictief", OLD."is_openbaar", OLD."nota", OLD."nota_op", OLD."nummer", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."team_id", OLD."tekst", OLD."titel", OLD."traject_id", OLD."trekker_id", OLD."voorgesteld_op"); RETURN NULL;', hash='cbc5820a9d8567e0eebbd857756807289de250d9', operation='DELETE', pgid='pgtrigger_delete_delete_072c1', table='samenleven_aanbeveling', when='AFTER')),
        )]),
    ]
