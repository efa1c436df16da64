import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import kern.geo.fields
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models
from kern.migreren import Together


class Migration(migrations.Migration):

    dependencies = [
        ('gebruikers', '__first__'),
        ('meldingen', '0016_speed'),
        ('wijken', '0005_stand'),
    ]

    operations = [
        Together([migrations.CreateModel(
            name='Materiaal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('naam', models.CharField(max_length=80, unique=True, verbose_name='naam')),
                ('eenheid', models.CharField(help_text='Bijvoorbeeld: stuks, zakken, kg, liter.', max_length=20, verbose_name='eenheid')),
                ('volgorde', models.PositiveSmallIntegerField(default=0, verbose_name='volgorde')),
                ('is_actief', models.BooleanField(default=True, help_text='Wat niet meer gebruikt wordt, blijft in de cijfers.', verbose_name='actief')),
            ],
            options={
                'verbose_name': 'materiaal',
                'verbose_name_plural': 'materialen',
                'ordering': ['volgorde', 'naam'],
            },
        ),
        migrations.CreateModel(
            name='MateriaalHistoriek',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('naam', models.CharField(max_length=80, verbose_name='naam')),
                ('eenheid', models.CharField(help_text='Bijvoorbeeld: stuks, zakken, kg, liter.', max_length=20, verbose_name='eenheid')),
                ('volgorde', models.PositiveSmallIntegerField(default=0, verbose_name='volgorde')),
                ('is_actief', models.BooleanField(default=True, help_text='Wat niet meer gebruikt wordt, blijft in de cijfers.', verbose_name='actief')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historiek', related_query_name='historiek', to='meldingen.materiaal')),
            ],
            options={
                'verbose_name': 'historiek',
                'verbose_name_plural': 'historiek',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Ronde',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dag', models.DateField(verbose_name='dag')),
                ('start_naam', models.CharField(max_length=200, verbose_name='vertrekt aan')),
                ('start_plaats', kern.geo.fields.PuntField(verbose_name='plaats van vertrek')),
                ('keert_terug', models.BooleanField(default=True, verbose_name='eindigt waar ze begon')),
                ('minuten', models.PositiveSmallIntegerField(blank=True, help_text='Bovenop wat bij de stops staat, bijvoorbeeld onderweg of laden.', null=True, validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='minuten voor de hele ronde')),
                ('opmerking', models.TextField(blank=True, max_length=2000, verbose_name='opmerking')),
                ('gemaakt_op', models.DateTimeField(verbose_name='gemaakt op')),
                ('afgerond_op', models.DateTimeField(blank=True, null=True, verbose_name='afgerond op')),
                ('gemaakt_door', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemaakt door')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rondes', to='wijken.team', verbose_name='team')),
                ('uitvoerder', models.ForeignKey(blank=True, help_text='Leeg: iemand van het team.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rondes', to=settings.AUTH_USER_MODEL, verbose_name='wie gaat')),
                ('wijk', models.ForeignKey(blank=True, help_text='Leeg: alle.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rondes', to='wijken.wijk', verbose_name='wijk')),
            ],
            options={
                'verbose_name': 'ronde',
                'verbose_name_plural': 'rondes',
                'ordering': ['-dag', '-pk'],
                'indexes': [models.Index(fields=['team', '-dag', '-id'], name='ronde_team_day'), models.Index(fields=['-dag', '-id'], name='ronde_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minuten__isnull', True), ('minuten__lte', 1440), _connector='OR'), name='ronde_within_a_day')],
            },
        ),
        migrations.CreateModel(
            name='RondeHistoriek',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('dag', models.DateField(verbose_name='dag')),
                ('start_naam', models.CharField(max_length=200, verbose_name='vertrekt aan')),
                ('start_plaats', kern.geo.fields.PuntField(verbose_name='plaats van vertrek')),
                ('keert_terug', models.BooleanField(default=True, verbose_name='eindigt waar ze begon')),
                ('minuten', models.PositiveSmallIntegerField(blank=True, help_text='Bovenop wat bij de stops staat, bijvoorbeeld onderweg of laden.', null=True, validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='minuten voor de hele ronde')),
                ('gemaakt_op', models.DateTimeField(verbose_name='gemaakt op')),
                ('afgerond_op', models.DateTimeField(blank=True, null=True, verbose_name='afgerond op')),
                ('gemaakt_door', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemaakt door')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historiek', related_query_name='historiek', to='meldingen.ronde')),
                ('team', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wijken.team', verbose_name='team')),
                ('uitvoerder', models.ForeignKey(blank=True, db_constraint=False, help_text='Leeg: iemand van het team.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wie gaat')),
                ('wijk', models.ForeignKey(blank=True, db_constraint=False, help_text='Leeg: alle.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wijken.wijk', verbose_name='wijk')),
            ],
            options={
                'verbose_name': 'historiek',
                'verbose_name_plural': 'historiek',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Rondestop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('volgorde', models.PositiveSmallIntegerField(verbose_name='plaats in de ronde')),
                ('meter', models.PositiveIntegerField(default=0, verbose_name='meter te voet vanaf de vorige')),
                ('status', models.CharField(choices=[('open', 'nog te doen'), ('gedaan', 'gedaan'), ('niet_gelukt', 'niet gelukt'), ('overgeslagen', 'niet aan toegekomen')], default='open', max_length=12, verbose_name='status')),
                ('bevinding', models.CharField(blank=True, choices=[('weg', 'er is niets (meer) te zien'), ('onduidelijk', 'ik weet niet waar of wat het is'), ('niet_voor_ons', 'het is er, maar niet voor ons'), ('later', 'het is er, maar het lukt vandaag niet')], max_length=16, verbose_name='wat er was')),
                ('minuten', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='minuten')),
                ('op', models.DateTimeField(blank=True, null=True, verbose_name='wanneer')),
                ('door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('lijn', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rondestops', to='meldingen.gebeurtenis', verbose_name='regel in het verhaal')),
                ('melding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rondestops', to='meldingen.melding', verbose_name='melding')),
                ('ronde', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stops', to='meldingen.ronde', verbose_name='ronde')),
            ],
            options={
                'verbose_name': 'stop van een ronde',
                'verbose_name_plural': 'stops van een ronde',
                'ordering': ['volgorde', 'pk'],
                'indexes': [models.Index(condition=models.Q(('status', 'open')), fields=['melding'], name='rondestop_open')],
                'constraints': [models.UniqueConstraint(fields=('ronde', 'melding'), name='rondestop_once'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('ronde', 'volgorde'), name='rondestop_own_place'), models.CheckConstraint(condition=models.Q(('status__in', ['open', 'gedaan', 'niet_gelukt', 'overgeslagen'])), name='rondestop_known_status'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'niet_gelukt'), models.Q(('bevinding', ''), _negated=True)), models.Q(models.Q(('status', 'niet_gelukt'), _negated=True), ('bevinding', '')), _connector='OR'), name='rondestop_not_done_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('op__isnull', True), ('status', 'open')), models.Q(models.Q(('status', 'open'), _negated=True), ('op__isnull', False)), _connector='OR'), name='rondestop_done_has_moment')],
            },
        ),
        migrations.CreateModel(
            name='RondestopHistoriek',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('volgorde', models.PositiveSmallIntegerField(verbose_name='plaats in de ronde')),
                ('meter', models.PositiveIntegerField(default=0, verbose_name='meter te voet vanaf de vorige')),
                ('status', models.CharField(choices=[('open', 'nog te doen'), ('gedaan', 'gedaan'), ('niet_gelukt', 'niet gelukt'), ('overgeslagen', 'niet aan toegekomen')], default='open', max_length=12, verbose_name='status')),
                ('bevinding', models.CharField(blank=True, choices=[('weg', 'er is niets (meer) te zien'), ('onduidelijk', 'ik weet niet waar of wat het is'), ('niet_voor_ons', 'het is er, maar niet voor ons'), ('later', 'het is er, maar het lukt vandaag niet')], max_length=16, verbose_name='wat er was')),
                ('minuten', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='minuten')),
                ('op', models.DateTimeField(blank=True, null=True, verbose_name='wanneer')),
                ('door', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('melding', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='meldingen.melding', verbose_name='melding')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historiek', related_query_name='historiek', to='meldingen.rondestop')),
                ('ronde', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='meldingen.ronde', verbose_name='ronde')),
            ],
            options={
                'verbose_name': 'historiek',
                'verbose_name_plural': 'historiek',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Startplaats',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('naam', models.CharField(max_length=120, unique=True, verbose_name='naam')),
                ('plaats', kern.geo.fields.PuntField(verbose_name='plaats')),
                ('is_actief', models.BooleanField(default=True, verbose_name='actief')),
                ('team', models.ForeignKey(blank=True, help_text='Staat bij dit team bovenaan. Leeg: voor elk team.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='startplaatsen', to='wijken.team', verbose_name='team')),
            ],
            options={
                'verbose_name': 'startplaats van rondes',
                'verbose_name_plural': 'startplaatsen van rondes',
                'ordering': ['naam'],
            },
        ),
        migrations.CreateModel(
            name='StartplaatsHistoriek',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('naam', models.CharField(max_length=120, verbose_name='naam')),
                ('plaats', kern.geo.fields.PuntField(verbose_name='plaats')),
                ('is_actief', models.BooleanField(default=True, verbose_name='actief')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historiek', related_query_name='historiek', to='meldingen.startplaats')),
                ('team', models.ForeignKey(blank=True, db_constraint=False, help_text='Staat bij dit team bovenaan. Leeg: voor elk team.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wijken.team', verbose_name='team')),
            ],
            options={
                'verbose_name': 'historiek',
                'verbose_name_plural': 'historiek',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Verbruik',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aantal', models.DecimalField(decimal_places=2, max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0.01'))], verbose_name='hoeveel')),
                ('materiaal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verbruik', to='meldingen.materiaal', verbose_name='materiaal')),
                ('ronde', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verbruik', to='meldingen.ronde', verbose_name='ronde')),
                ('stop', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='verbruik', to='meldingen.rondestop', verbose_name='stop')),
            ],
            options={
                'verbose_name': 'verbruikt materiaal',
                'verbose_name_plural': 'verbruikt materiaal',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('ronde', 'stop', 'materiaal'), name='verbruik_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('aantal__gt', 0)), name='verbruik_more_than_nothing')],
            },
        )]),
        pgtrigger.migrations.RemoveTrigger(
            model_name='categorie',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='categorie',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='categorie',
            name='delete_delete',
        ),
        Together([migrations.AddField(
            model_name='categorie',
            name='is_snelle_lijn',
            field=models.BooleanField(default=False, help_text='Gaat rechtstreeks naar de buurtwerkplaats of de buurttoezichters, die het op hun ronde oplossen. De melder krijgt dat zo te lezen.', verbose_name='snelle lijn'),
        ),
        migrations.AddField(
            model_name='categoriehistoriek',
            name='is_snelle_lijn',
            field=models.BooleanField(default=False, help_text='Gaat rechtstreeks naar de buurtwerkplaats of de buurttoezichters, die het op hun ronde oplossen. De melder krijgt dat zo te lezen.', verbose_name='snelle lijn'),
        )]),
        migrations.AlterField(
            model_name='meldingbeeld',
            name='soort',
            field=models.CharField(choices=[('melding', 'bij de melding'), ('aanvulling', 'later toegevoegd'), ('na_herstel', 'na het herstel'), ('partner', 'van de partner'), ('ploeg', 'van onze ploeg, ter plaatse')], default='melding', max_length=12, verbose_name='soort'),
        ),
        Together([pgtrigger.migrations.AddTrigger(
            model_name='categorie',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meldingen_categoriehistoriek" ("code", "geldig_tot", "geldig_van", "hoofdcategorie_id", "id", "is_gevoelig", "is_onbekend", "is_snelle_lijn", "mailt_te_laat", "naam", "naam_en", "naam_fr", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stoppagina_id", "synoniemen", "team_id", "teamsoort", "uitleg", "uitleg_en", "uitleg_fr", "volgorde", "vraagt_tevredenheid") VALUES (NEW."code", NEW."geldig_tot", NEW."geldig_van", NEW."hoofdcategorie_id", NEW."id", NEW."is_gevoelig", NEW."is_onbekend", NEW."is_snelle_lijn", NEW."mailt_te_laat", NEW."naam", NEW."naam_en", NEW."naam_fr", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."stoppagina_id", NEW."synoniemen", NEW."team_id", NEW."teamsoort", NEW."uitleg", NEW."uitleg_en", NEW."uitleg_fr", NEW."volgorde", NEW."vraagt_tevredenheid"); RETURN NULL;', hash='47d0bb156c1904d3b2d5be08936fd5298dab72e5', operation='INSERT', pgid='pgtrigger_insert_insert_c0621', table='meldingen_categorie', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='categorie',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."hoofdcategorie_id" IS DISTINCT FROM NEW."hoofdcategorie_id" OR OLD."code" IS DISTINCT FROM NEW."code" OR OLD."naam" IS DISTINCT FROM NEW."naam" OR OLD."naam_fr" IS DISTINCT FROM NEW."naam_fr" OR OLD."naam_en" IS DISTINCT FROM NEW."naam_en" OR OLD."uitleg" IS DISTINCT FROM NEW."uitleg" OR OLD."uitleg_fr" IS DISTINCT FROM NEW."uitleg_fr" OR OLD."uitleg_en" IS DISTINCT FROM NEW."uitleg_en" OR OLD."synoniemen" IS DISTINCT FROM NEW."synoniemen" OR OLD."volgorde" IS DISTINCT FROM NEW."volgorde" OR OLD."geldig_van" IS DISTINCT FROM NEW."geldig_van" OR OLD."geldig_tot" IS DISTINCT FROM NEW."geldig_tot" OR OLD."is_onbekend" IS DISTINCT FROM NEW."is_onbekend" OR OLD."is_gevoelig" IS DISTINCT FROM NEW."is_gevoelig" OR OLD."mailt_te_laat" IS DISTINCT FROM NEW."mailt_te_laat" OR OLD."vraagt_tevredenheid" IS DISTINCT FROM NEW."vraagt_tevredenheid" OR OLD."teamsoort" IS DISTINCT FROM NEW."teamsoort" OR OLD."team_id" IS DISTINCT FROM NEW."team_id" OR OLD."is_snelle_lijn" IS DISTINCT FROM NEW."is_snelle_lijn" OR OLD."stoppagina_id" IS DISTINCT FROM NEW."stoppagina_id")', func='INSERT INTO "meldingen_categoriehistoriek" ("code", "geldig_tot", "geldig_van", "hoofdcategorie_id", "id", "is_gevoelig", "is_onbekend", "is_snelle_lijn", "mailt_te_laat", "naam", "naam_en", "naam_fr", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stoppagina_id", "synoniemen", "team_id", "teamsoort", "uitleg", "uitleg_en", "uitleg_fr", "volgorde", "vraagt_tevredenheid") VALUES (NEW."code", NEW."geldig_tot", NEW."geldig_van", NEW."hoofdcategorie_id", NEW."id", NEW."is_gevoelig", NEW."is_onbekend", NEW."is_snelle_lijn", NEW."mailt_te_laat", NEW."naam", NEW."naam_en", NEW."naam_fr", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."stoppagina_id", NEW."synoniemen", NEW."team_id", NEW."teamsoort", NEW."uitleg", NEW."uitleg_en", NEW."uitleg_fr", NEW."volgorde", NEW."vraagt_tevredenheid"); RETURN NULL;', hash='dbd93bdcfcbcb2c505d5f2c4b22d38a9b4c034fb', operation='UPDATE', pgid='pgtrigger_update_update_9b8e9', table='meldingen_categorie', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='categorie',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meldingen_categoriehistoriek" ("code", "geldig_tot", "geldig_van", "hoofdcategorie_id", "id", "is_gevoelig", "is_onbekend", "is_snelle_lijn", "mailt_te_laat", "naam", "naam_en", "naam_fr", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stoppagina_id", "synoniemen", "team_id", "teamsoort", "uitleg", "uitleg_en", "uitleg_fr", "volgorde", "vraagt_tevredenheid") VALUES (OLD."code", OLD."geldig_tot", OLD."geldig_van", OLD."hoofdcategorie_id", OLD."id", OLD."is_gevoelig", OLD."is_onbekend", OLD."is_snelle_lijn", OLD."mailt_te_laat", OLD."naam", OLD."naam_en", OLD."naam_fr", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."stoppagina_id", OLD."synoniemen", OLD."team_id", OLD."teamsoort", OLD."uitleg", OLD."uitleg_en", OLD."uitleg_fr", OLD."volgorde", OLD."vraagt_tevredenheid"); RETURN NULL;', hash='1724f7915362c95ff95344664231e150fe615bd7', operation='DELETE', pgid='pgtrigger_delete_delete_da666', table='meldingen_categorie', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='categorie',
            constraint=models.CheckConstraint(condition=models.Q(('is_snelle_lijn', False), ('teamsoort__in', ['buurttoezicht', 'buurtwerkplaats']), _connector='OR'), name='categorie_quick_lane_has_a_crew', violation_error_message='De snelle lijn gaat naar een buurtwerkplaats of naar buurttoezichters: kies een van die twee bij “gaat naar”.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='materiaal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meldingen_materiaalhistoriek" ("eenheid", "id", "is_actief", "naam", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "volgorde") VALUES (NEW."eenheid", NEW."id", NEW."is_actief", NEW."naam", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."volgorde"); RETURN NULL;', hash='ee36153474a949fc0140be52f1170dc86b66cf2f', operation='INSERT', pgid='pgtrigger_insert_insert_103ea', table='meldingen_materiaal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='materiaal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."naam" IS DISTINCT FROM NEW."naam" OR OLD."eenheid" IS DISTINCT FROM NEW."eenheid" OR OLD."volgorde" IS DISTINCT FROM NEW."volgorde" OR OLD."is_actief" IS DISTINCT FROM NEW."is_actief")', func='INSERT INTO "meldingen_materiaalhistoriek" ("eenheid", "id", "is_actief", "naam", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "volgorde") VALUES (NEW."eenheid", NEW."id", NEW."is_actief", NEW."naam", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."volgorde"); RETURN NULL;', hash='63b1b81878b406caf79a3a7f0664881d2bc5543a', operation='UPDATE', pgid='pgtrigger_update_update_bf415', table='meldingen_materiaal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='materiaal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meldingen_materiaalhistoriek" ("eenheid", "id", "is_actief", "naam", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "volgorde") VALUES (OLD."eenheid", OLD."id", OLD."is_actief", OLD."naam", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."volgorde"); RETURN NULL;', hash='863b310423b2a2763ac6245ea1151cc6afff3d1c', operation='DELETE', pgid='pgtrigger_delete_delete_19924', table='meldingen_materiaal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='materiaalhistoriek',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='de4a0c0e59964ec15172c282bc6f2da55f9fcf25', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d7f42', table='meldingen_materiaalhistoriek', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ronde',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meldingen_rondehistoriek" ("afgerond_op", "dag", "gemaakt_door_id", "gemaakt_op", "id", "keert_terug", "minuten", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_naam", "start_plaats", "team_id", "uitvoerder_id", "wijk_id") VALUES (NEW."afgerond_op", NEW."dag", NEW."gemaakt_door_id", NEW."gemaakt_op", NEW."id", NEW."keert_terug", NEW."minuten", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."start_naam", NEW."start_plaats", NEW."team_id", NEW."uitvoerder_id", NEW."wijk_id"); RETURN NULL;', hash='d46152fc5f645ff922dc90c4305794caa09f19e0', operation='INSERT', pgid='pgtrigger_insert_insert_06e9e', table='meldingen_ronde', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ronde',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."team_id" IS DISTINCT FROM NEW."team_id" OR OLD."wijk_id" IS DISTINCT FROM NEW."wijk_id" OR OLD."dag" IS DISTINCT FROM NEW."dag" OR OLD."uitvoerder_id" IS DISTINCT FROM NEW."uitvoerder_id" OR OLD."start_naam" IS DISTINCT FROM NEW."start_naam" OR OLD."start_plaats"::text IS DISTINCT FROM NEW."start_plaats"::text OR OLD."keert_terug" IS DISTINCT FROM NEW."keert_terug" OR OLD."minuten" IS DISTINCT FROM NEW."minuten" OR OLD."gemaakt_op" IS DISTINCT FROM NEW."gemaakt_op" OR OLD."gemaakt_door_id" IS DISTINCT FROM NEW."gemaakt_door_id" OR OLD."afgerond_op" IS DISTINCT FROM NEW."afgerond_op")', func='INSERT INTO "meldingen_rondehistoriek" ("afgerond_op", "dag", "gemaakt_door_id", "gemaakt_op", "id", "keert_terug", "minuten", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_naam", "start_plaats", "team_id", "uitvoerder_id", "wijk_id") VALUES (NEW."afgerond_op", NEW."dag", NEW."gemaakt_door_id", NEW."gemaakt_op", NEW."id", NEW."keert_terug", NEW."minuten", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."start_naam", NEW."start_plaats", NEW."team_id", NEW."uitvoerder_id", NEW."wijk_id"); RETURN NULL;', hash='a129fef1c7e6e11b0fcae9d40ffcefba2d3fd459', operation='UPDATE', pgid='pgtrigger_update_update_219d8', table='meldingen_ronde', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ronde',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meldingen_rondehistoriek" ("afgerond_op", "dag", "gemaakt_door_id", "gemaakt_op", "id", "keert_terug", "minuten", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_naam", "start_plaats", "team_id", "uitvoerder_id", "wijk_id") VALUES (OLD."afgerond_op", OLD."dag", OLD."gemaakt_door_id", OLD."gemaakt_op", OLD."id", OLD."keert_terug", OLD."minuten", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."start_naam", OLD."start_plaats", OLD."team_id", OLD."uitvoerder_id", OLD."wijk_id"); RETURN NULL;', hash='3e5c9c8028c7d7bf0b43bf2514ca7d8f6c10dd8f', operation='DELETE', pgid='pgtrigger_delete_delete_b664c', table='meldingen_ronde', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rondehistoriek',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2b60e5e046f3ef65ff5c46f12040c307caa74918', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8cffa', table='meldingen_rondehistoriek', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rondestop',
            trigger=pgtrigger.compiler.Trigger(name='rondestop_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{open:gedaan,open:niet_gelukt,open:overgeslagen,gedaan:open,niet_gelukt:open,overgeslagen:open}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='b1ad869d50b6f6ba4823989fa373f5810230cf68', operation='UPDATE', pgid='pgtrigger_rondestop_steps_8f65b', table='meldingen_rondestop', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rondestop',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meldingen_rondestophistoriek" ("bevinding", "door_id", "id", "melding_id", "meter", "minuten", "op", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ronde_id", "status", "volgorde") VALUES (NEW."bevinding", NEW."door_id", NEW."id", NEW."melding_id", NEW."meter", NEW."minuten", NEW."op", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."ronde_id", NEW."status", NEW."volgorde"); RETURN NULL;', hash='af53f32840d3e67bbffb305fdb324a39a52fb1ff', operation='INSERT', pgid='pgtrigger_insert_insert_62b35', table='meldingen_rondestop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rondestop',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."ronde_id" IS DISTINCT FROM NEW."ronde_id" OR OLD."melding_id" IS DISTINCT FROM NEW."melding_id" OR OLD."volgorde" IS DISTINCT FROM NEW."volgorde" OR OLD."meter" IS DISTINCT FROM NEW."meter" OR OLD."status" IS DISTINCT FROM NEW."status" OR OLD."bevinding" IS DISTINCT FROM NEW."bevinding" OR OLD."minuten" IS DISTINCT FROM NEW."minuten" OR OLD."op" IS DISTINCT FROM NEW."op" OR OLD."door_id" IS DISTINCT FROM NEW."door_id")', func='INSERT INTO "meldingen_rondestophistoriek" ("bevinding", "door_id", "id", "melding_id", "meter", "minuten", "op", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ronde_id", "status", "volgorde") VALUES (NEW."bevinding", NEW."door_id", NEW."id", NEW."melding_id", NEW."meter", NEW."minuten", NEW."op", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."ronde_id", NEW."status", NEW."volgorde"); RETURN NULL;', hash='e3239df355234e0da31424c9bafbc27a76f2dcf1', operation='UPDATE', pgid='pgtrigger_update_update_73784', table='meldingen_rondestop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rondestop',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meldingen_rondestophistoriek" ("bevinding", "door_id", "id", "melding_id", "meter", "minuten", "op", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ronde_id", "status", "volgorde") VALUES (OLD."bevinding", OLD."door_id", OLD."id", OLD."melding_id", OLD."meter", OLD."minuten", OLD."op", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."ronde_id", OLD."status", OLD."volgorde"); RETURN NULL;', hash='07531a8b6c23d3f602deca3252bacc0f034a493a', operation='DELETE', pgid='pgtrigger_delete_delete_20e12', table='meldingen_rondestop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rondestophistoriek',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='12e7ba1c8fda176cfb043a34050176496d015cf6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9257e', table='meldingen_rondestophistoriek', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='startplaats',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meldingen_startplaatshistoriek" ("id", "is_actief", "naam", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plaats", "team_id") VALUES (NEW."id", NEW."is_actief", NEW."naam", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."plaats", NEW."team_id"); RETURN NULL;', hash='ffccde8d6c1953fc06c91ac8f7326a803d12ef9c', operation='INSERT', pgid='pgtrigger_insert_insert_22e36', table='meldingen_startplaats', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='startplaats',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."naam" IS DISTINCT FROM NEW."naam" OR OLD."plaats"::text IS DISTINCT FROM NEW."plaats"::text OR OLD."team_id" IS DISTINCT FROM NEW."team_id" OR OLD."is_actief" IS DISTINCT FROM NEW."is_actief")', func='INSERT INTO "meldingen_startplaatshistoriek" ("id", "is_actief", "naam", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plaats", "team_id") VALUES (NEW."id", NEW."is_actief", NEW."naam", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."plaats", NEW."team_id"); RETURN NULL;', hash='550877679fad45a3b539bd475aba853b3dc4c756', operation='UPDATE', pgid='pgtrigger_update_update_b82c5', table='meldingen_startplaats', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='startplaats',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meldingen_startplaatshistoriek" ("id", "is_actief", "naam", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plaats", "team_id") VALUES (OLD."id", OLD."is_actief", OLD."naam", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."plaats", OLD."team_id"); RETURN NULL;', hash='4be31a3125d9e4f5fc76f87f9ef5c6323568dcae', operation='DELETE', pgid='pgtrigger_delete_delete_516ac', table='meldingen_startplaats', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='startplaatshistoriek',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7b10a90bb0287d47d20d764c04165952d8f63312', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a86a2', table='meldingen_startplaatshistoriek', when='BEFORE')),
        )]),
    ]
