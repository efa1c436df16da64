import django.core.validators
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
        ('beelden', '0001_initial'),
        ('gebruikers', '__first__'),
        ('toegankelijkheid', '0005_ogc'),
        ('wijken', '0018_wijkblad'),
    ]

    operations = [
        Together([migrations.CreateModel(
            name='Bewonersvraag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sleutel', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='sleutel')),
                ('taal', models.CharField(choices=[('nl', 'Nederlands'), ('fr', 'Frans'), ('en', 'Engels')], default='nl', max_length=2, verbose_name='taal')),
                ('uitgevoerd_op', models.DateField(verbose_name='over het werk van')),
                ('gevraagd_op', models.DateTimeField(verbose_name='gevraagd op')),
                ('antwoord', models.CharField(blank=True, choices=[('opgelost', 'het is opgelost'), ('niet', 'het is niet opgelost')], max_length=12, verbose_name='antwoord')),
                ('beantwoord_op', models.DateTimeField(blank=True, null=True, verbose_name='beantwoord op')),
                ('knelpunt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vragen', to='toegankelijkheid.knelpunt', verbose_name='knelpunt')),
            ],
            options={
                'verbose_name': 'vraag aan een bewoner',
                'verbose_name_plural': 'vragen aan bewoners',
                'ordering': ['-gevraagd_op', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('antwoord', ''), ('beantwoord_op__isnull', True)), models.Q(models.Q(('antwoord', ''), _negated=True), ('beantwoord_op__isnull', False)), _connector='OR'), name='bewonersvraag_answered_when')],
            },
        ),
        migrations.CreateModel(
            name='KnelpuntBeeld',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moment', models.CharField(choices=[('voor', 'voor het werk'), ('na', 'na het werk')], max_length=4, verbose_name='moment')),
                ('genomen_op', models.DateField(verbose_name='genomen op')),
                ('beeld', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='knelpuntbeeld', to='beelden.beeld', verbose_name='beeld')),
                ('door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('knelpunt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='beelden', to='toegankelijkheid.knelpunt', verbose_name='knelpunt')),
            ],
            options={
                'verbose_name': 'foto van een knelpunt',
                'verbose_name_plural': "foto's van knelpunten",
                'ordering': ['moment', 'genomen_op', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Monitoringregels',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_enige', models.BooleanField(default=True, editable=False, unique=True)),
                ('middel_vanaf', models.PositiveSmallIntegerField(default=4, help_text='Punten.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='prioriteit middel vanaf')),
                ('hoog_vanaf', models.PositiveSmallIntegerField(default=10, help_text='Punten.', validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(30)], verbose_name='prioriteit hoog vanaf')),
                ('bewoners_hoogstens', models.PositiveSmallIntegerField(default=5, help_text='Elke bewoner die het meldde is een punt.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(20)], verbose_name='punten voor bewoners, hoogstens')),
                ('bewoners_maanden', models.PositiveSmallIntegerField(default=6, help_text='Maanden.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='meldingen tellen mee gedurende')),
                ('kt_jaren', models.PositiveSmallIntegerField(default=1, help_text='Jaren na dit jaar.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(5)], verbose_name='korte termijn: tot en met')),
                ('mlt_jaren', models.PositiveSmallIntegerField(default=3, help_text='Jaren na dit jaar.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='middellange termijn: tot en met')),
                ('lt_jaren', models.PositiveSmallIntegerField(default=6, help_text='Jaren na dit jaar; het meerjarenplan telt er zes.', validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(20)], verbose_name='lange termijn: tot en met')),
            ],
            options={
                'verbose_name': 'regels van de monitoring',
                'verbose_name_plural': 'regels van de monitoring',
                'constraints': [models.CheckConstraint(condition=models.Q(('is_enige', True)), name='monitoringregels_one_row'), models.CheckConstraint(condition=models.Q(('middel_vanaf__lt', models.F('hoog_vanaf'))), name='monitoringregels_points'), models.CheckConstraint(condition=models.Q(('kt_jaren__lt', models.F('mlt_jaren')), ('mlt_jaren__lt', models.F('lt_jaren'))), name='monitoringregels_years')],
            },
        ),
        migrations.CreateModel(
            name='MonitoringregelsHistoriek',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('is_enige', models.BooleanField(default=True, editable=False)),
                ('middel_vanaf', models.PositiveSmallIntegerField(default=4, help_text='Punten.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='prioriteit middel vanaf')),
                ('hoog_vanaf', models.PositiveSmallIntegerField(default=10, help_text='Punten.', validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(30)], verbose_name='prioriteit hoog vanaf')),
                ('bewoners_hoogstens', models.PositiveSmallIntegerField(default=5, help_text='Elke bewoner die het meldde is een punt.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(20)], verbose_name='punten voor bewoners, hoogstens')),
                ('bewoners_maanden', models.PositiveSmallIntegerField(default=6, help_text='Maanden.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='meldingen tellen mee gedurende')),
                ('kt_jaren', models.PositiveSmallIntegerField(default=1, help_text='Jaren na dit jaar.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(5)], verbose_name='korte termijn: tot en met')),
                ('mlt_jaren', models.PositiveSmallIntegerField(default=3, help_text='Jaren na dit jaar.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='middellange termijn: tot en met')),
                ('lt_jaren', models.PositiveSmallIntegerField(default=6, help_text='Jaren na dit jaar; het meerjarenplan telt er zes.', validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(20)], verbose_name='lange termijn: tot en met')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historiek', related_query_name='historiek', to='toegankelijkheid.monitoringregels')),
            ],
            options={
                'verbose_name': 'historiek',
                'verbose_name_plural': 'historiek',
                'abstract': False,
            },
        )]),
        pgtrigger.migrations.RemoveTrigger(
            model_name='knelpunt',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='knelpunt',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='knelpunt',
            name='delete_delete',
        ),
        Together([migrations.AddField(
            model_name='knelpunt',
            name='bewoners',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='bewoners die het meldden'),
        ),
        migrations.AddField(
            model_name='knelpunt',
            name='budgetlijn',
            field=models.CharField(blank=True, max_length=60, verbose_name='budgetlijn'),
        ),
        migrations.AddField(
            model_name='knelpunt',
            name='doorverwezen_naar',
            field=models.CharField(blank=True, max_length=120, verbose_name='doorverwezen naar'),
        ),
        migrations.AddField(
            model_name='knelpunt',
            name='jaarstappen',
            field=models.TextField(blank=True, help_text='Nodig als het langer dan een jaar duurt: wat gebeurt wanneer?', verbose_name='stappen per jaar'),
        ),
        migrations.AddField(
            model_name='knelpunt',
            name='locatiegewicht',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='gewicht van de plaats'),
        ),
        migrations.AddField(
            model_name='knelpunt',
            name='niet_goedgekeurd_door',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='niet uitvoeren: goedgekeurd door'),
        ),
        migrations.AddField(
            model_name='knelpunt',
            name='niet_goedgekeurd_op',
            field=models.DateField(blank=True, null=True, verbose_name='niet uitvoeren: goedgekeurd op'),
        ),
        migrations.AddField(
            model_name='knelpunt',
            name='niet_reden',
            field=models.TextField(blank=True, verbose_name='waarom niet uitvoeren'),
        ),
        migrations.AddField(
            model_name='knelpunt',
            name='niet_voorgesteld_door',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='niet uitvoeren: voorgesteld door'),
        ),
        migrations.AddField(
            model_name='knelpunt',
            name='niet_voorgesteld_op',
            field=models.DateField(blank=True, null=True, verbose_name='niet uitvoeren: voorgesteld op'),
        ),
        migrations.AddField(
            model_name='knelpunt',
            name='overgedragen_op',
            field=models.DateField(blank=True, null=True, verbose_name='overgedragen op'),
        ),
        migrations.AddField(
            model_name='knelpunt',
            name='prioriteit_reden',
            field=models.CharField(blank=True, help_text='Leeg: de prioriteit volgt de formule.', max_length=300, verbose_name='waarom deze prioriteit'),
        ),
        migrations.AddField(
            model_name='knelpunt',
            name='rang',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='rang'),
        ),
        migrations.AddField(
            model_name='knelpunt',
            name='subsidie',
            field=models.CharField(blank=True, max_length=120, verbose_name='subsidie'),
        ),
        migrations.AddField(
            model_name='knelpunt',
            name='werkdossier',
            field=models.CharField(blank=True, max_length=60, verbose_name='dossier van de werken'),
        ),
        migrations.AddField(
            model_name='knelpunthistoriek',
            name='budgetlijn',
            field=models.CharField(blank=True, max_length=60, verbose_name='budgetlijn'),
        ),
        migrations.AddField(
            model_name='knelpunthistoriek',
            name='doorverwezen_naar',
            field=models.CharField(blank=True, max_length=120, verbose_name='doorverwezen naar'),
        ),
        migrations.AddField(
            model_name='knelpunthistoriek',
            name='jaarstappen',
            field=models.TextField(blank=True, help_text='Nodig als het langer dan een jaar duurt: wat gebeurt wanneer?', verbose_name='stappen per jaar'),
        ),
        migrations.AddField(
            model_name='knelpunthistoriek',
            name='niet_goedgekeurd_door',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='niet uitvoeren: goedgekeurd door'),
        ),
        migrations.AddField(
            model_name='knelpunthistoriek',
            name='niet_goedgekeurd_op',
            field=models.DateField(blank=True, null=True, verbose_name='niet uitvoeren: goedgekeurd op'),
        ),
        migrations.AddField(
            model_name='knelpunthistoriek',
            name='niet_reden',
            field=models.TextField(blank=True, verbose_name='waarom niet uitvoeren'),
        ),
        migrations.AddField(
            model_name='knelpunthistoriek',
            name='niet_voorgesteld_door',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='niet uitvoeren: voorgesteld door'),
        ),
        migrations.AddField(
            model_name='knelpunthistoriek',
            name='niet_voorgesteld_op',
            field=models.DateField(blank=True, null=True, verbose_name='niet uitvoeren: voorgesteld op'),
        ),
        migrations.AddField(
            model_name='knelpunthistoriek',
            name='overgedragen_op',
            field=models.DateField(blank=True, null=True, verbose_name='overgedragen op'),
        ),
        migrations.AddField(
            model_name='knelpunthistoriek',
            name='prioriteit_reden',
            field=models.CharField(blank=True, help_text='Leeg: de prioriteit volgt de formule.', max_length=300, verbose_name='waarom deze prioriteit'),
        ),
        migrations.AddField(
            model_name='knelpunthistoriek',
            name='subsidie',
            field=models.CharField(blank=True, max_length=120, verbose_name='subsidie'),
        ),
        migrations.AddField(
            model_name='knelpunthistoriek',
            name='werkdossier',
            field=models.CharField(blank=True, max_length=60, verbose_name='dossier van de werken'),
        ),
        migrations.AddIndex(
            model_name='knelpunt',
            index=models.Index(fields=['-rang', '-ernst', 'id'], name='knelpunt_by_rank'),
        ),
        migrations.AddIndex(
            model_name='knelpunt',
            index=models.Index(condition=models.Q(('uiterlijk__isnull', False)), fields=['uiterlijk'], name='knelpunt_by_term'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='knelpunt',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "toegankelijkheid_knelpunthistoriek" ("adres", "afwijking", "alternatief", "budgetlijn", "criterium_id", "dienst_id", "dimensie", "doorverwezen_naar", "eenheid", "ernst", "externe_id", "gemeten", "gewijzigd_op", "groepen", "haalbaarheid", "haalbaarheidsreden", "id", "is_tijdelijk", "jaarstappen", "kost_hoog", "kost_laag", "meting_id", "niet_goedgekeurd_door_id", "niet_goedgekeurd_op", "niet_reden", "niet_voorgesteld_door_id", "niet_voorgesteld_op", "niveau_id", "norm_id", "object_id", "omschrijving", "omweg_m", "onderwerp", "openbaar", "oplossing", "opname_id", "overgedragen_op", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plaats", "planjaar", "planning", "prioriteit", "prioriteit_reden", "status", "statusreden", "subsidie", "tags", "tijdelijk_tot", "titel", "uiterlijk", "uitgevoerd_op", "vastgesteld_op", "verantwoordelijke_id", "vereist", "wegbeheerder", "werkdossier", "wijk_id", "zone_id") VALUES (NEW."adres", NEW."afwijking", NEW."alternatief", NEW."budgetlijn", NEW."criterium_id", NEW."dienst_id", NEW."dimensie", NEW."doorverwezen_naar", NEW."eenheid", NEW."ernst", NEW."externe_id", NEW."gemeten", NEW."gewijzigd_op", NEW."groepen", NEW."haalbaarheid", NEW."haalbaarheidsreden", NEW."id", NEW."is_tijdelijk", NEW."jaarstappen", NEW."kost_hoog", NEW."kost_laag", NEW."meting_id", NEW."niet_goedgekeurd_door_id", NEW."niet_goedgekeurd_op", NEW."niet_reden", NEW."niet_voorgesteld_door_id", NEW."niet_voorgesteld_op", NEW."niveau_id", NEW."norm_id", NEW."object_id", NEW."omschrijving", NEW."omweg_m", NEW."onderwerp", NEW."openbaar", NEW."oplossing", NEW."opname_id", NEW."overgedragen_op", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."plaats", NEW."planjaar", NEW."planning", NEW."prioriteit", NEW."prioriteit_reden", NEW."status", NEW."statusreden", NEW."subsidie", NEW."tags", NEW."tijdelijk_tot", NEW."titel", NEW."uiterlijk", NEW."uitgevoerd_op", NEW."vastgesteld_op", NEW."verantwoordelijke_id", NEW."vereist", NEW."wegbeheerder", NEW."werkdossier", NEW."wijk_id", NEW."zone_id"); RETURN NULL;', hash='7e791f8c72e65b388963d4838a2822f574648a8a', operation='INSERT', pgid='pgtrigger_insert_insert_abafa', table='toegankelijkheid_knelpunt', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='knelpunt',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."onderwerp" IS DISTINCT FROM NEW."onderwerp" OR OLD."dimensie" IS DISTINCT FROM NEW."dimensie" OR OLD."titel" IS DISTINCT FROM NEW."titel" OR OLD."omschrijving" IS DISTINCT FROM NEW."omschrijving" OR OLD."plaats"::text IS DISTINCT FROM NEW."plaats"::text OR OLD."adres" IS DISTINCT FROM NEW."adres" OR OLD."vastgesteld_op" IS DISTINCT FROM NEW."vastgesteld_op" OR OLD."openbaar" IS DISTINCT FROM NEW."openbaar" OR OLD."tags" IS DISTINCT FROM NEW."tags" OR OLD."groepen" IS DISTINCT FROM NEW."groepen" OR OLD."object_id" IS DISTINCT FROM NEW."object_id" OR OLD."criterium_id" IS DISTINCT FROM NEW."criterium_id" OR OLD."meting_id" IS DISTINCT FROM NEW."meting_id" OR OLD."opname_id" IS DISTINCT FROM NEW."opname_id" OR OLD."norm_id" IS DISTINCT FROM NEW."norm_id" OR OLD."wijk_id" IS DISTINCT FROM NEW."wijk_id" OR OLD."zone_id" IS DISTINCT FROM NEW."zone_id" OR OLD."niveau_id" IS DISTINCT FROM NEW."niveau_id" OR OLD."wegbeheerder" IS DISTINCT FROM NEW."wegbeheerder" OR OLD."externe_id" IS DISTINCT FROM NEW."externe_id" OR OLD."vereist" IS DISTINCT FROM NEW."vereist" OR OLD."gemeten" IS DISTINCT FROM NEW."gemeten" OR OLD."eenheid" IS DISTINCT FROM NEW."eenheid" OR OLD."afwijking" IS DISTINCT FROM NEW."afwijking" OR OLD."ernst" IS DISTINCT FROM NEW."ernst" OR OLD."is_tijdelijk" IS DISTINCT FROM NEW."is_tijdelijk" OR OLD."tijdelijk_tot" IS DISTINCT FROM NEW."tijdelijk_tot" OR OLD."alternatief" IS DISTINCT FROM NEW."alternatief" OR OLD."omweg_m" IS DISTINCT FROM NEW."omweg_m" OR OLD."status" IS DISTINCT FROM NEW."status" OR OLD."statusreden" IS DISTINCT FROM NEW."statusreden" OR OLD."oplossing" IS DISTINCT FROM NEW."oplossing" OR OLD."haalbaarheid" IS DISTINCT FROM NEW."haalbaarheid" OR OLD."haalbaarheidsreden" IS DISTINCT FROM NEW."haalbaarheidsreden" OR OLD."prioriteit" IS DISTINCT FROM NEW."prioriteit" OR OLD."prioriteit_reden" IS DISTINCT FROM NEW."prioriteit_reden" OR OLD."planning" IS DISTINCT FROM NEW."planning" OR OLD."planjaar" IS DISTINCT FROM NEW."planjaar" OR OLD."uiterlijk" IS DISTINCT FROM NEW."uiterlijk" OR OLD."dienst_id" IS DISTINCT FROM NEW."dienst_id" OR OLD."verantwoordelijke_id" IS DISTINCT FROM NEW."verantwoordelijke_id" OR OLD."kost_laag" IS DISTINCT FROM NEW."kost_laag" OR OLD."kost_hoog" IS DISTINCT FROM NEW."kost_hoog" OR OLD."budgetlijn" IS DISTINCT FROM NEW."budgetlijn" OR OLD."subsidie" IS DISTINCT FROM NEW."subsidie" OR OLD."werkdossier" IS DISTINCT FROM NEW."werkdossier" OR OLD."jaarstappen" IS DISTINCT FROM NEW."jaarstappen" OR OLD."doorverwezen_naar" IS DISTINCT FROM NEW."doorverwezen_naar" OR OLD."overgedragen_op" IS DISTINCT FROM NEW."overgedragen_op" OR OLD."niet_reden" IS DISTINCT FROM NEW."niet_reden" OR OLD."niet_voorgesteld_door_id" IS DISTINCT FROM NEW."niet_voorgesteld_door_id" OR OLD."niet_voorgesteld_op" IS DISTINCT FROM NEW."niet_voorgesteld_op" OR OLD."niet_goedgekeurd_door_id" IS DISTINCT FROM NEW."niet_goedgekeurd_door_id" OR OLD."niet_goedgekeurd_op" IS DISTINCT FROM NEW."niet_goedgekeurd_op" OR OLD."uitgevoerd_op" IS DISTINCT FROM NEW."uitgevoerd_op")', func='INSERT INTO "toegankelijkheid_knelpunthistoriek" ("adres", "afwijking", "alternatief", "budgetlijn", "criterium_id", "dienst_id", "dimensie", "doorverwezen_naar", "eenheid", "ernst", "externe_id", "gemeten", "gewijzigd_op", "groepen", "haalbaarheid", "haalbaarheidsreden", "id", "is_tijdelijk", "jaarstappen", "kost_hoog", "kost_laag", "meting_id", "niet_goedgekeurd_door_id", "niet_goedgekeurd_op", "niet_reden", "niet_voorgesteld_door_id", "niet_voorgesteld_op", "niveau_id", "norm_id", "object_id", "omschrijving", "omweg_m", "onderwerp", "openbaar", "oplossing", "opname_id", "overgedragen_op", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plaats", "planjaar", "planning", "prioriteit", "prioriteit_reden", "status", "statusreden", "subsidie", "tags", "tijdelijk_tot", "titel", "uiterlijk", "uitgevoerd_op", "vastgesteld_op", "verantwoordelijke_id", "vereist", "wegbeheerder", "werkdossier", "wijk_id", "zone_id") VALUES (NEW."adres", NEW."afwijking", NEW."alternatief", NEW."budgetlijn", NEW."criterium_id", NEW."dienst_id", NEW."dimensie", NEW."doorverwezen_naar", NEW."eenheid", NEW."ernst", NEW."externe_id", NEW."gemeten", NEW."gewijzigd_op", NEW."groepen", NEW."haalbaarheid", NEW."haalbaarheidsreden", NEW."id", NEW."is_tijdelijk", NEW."jaarstappen", NEW."kost_hoog", NEW."kost_laag", NEW."meting_id", NEW."niet_goedgekeurd_door_id", NEW."niet_goedgekeurd_op", NEW."niet_reden", NEW."niet_voorgesteld_door_id", NEW."niet_voorgesteld_op", NEW."niveau_id", NEW."norm_id", NEW."object_id", NEW."omschrijving", NEW."omweg_m", NEW."onderwerp", NEW."openbaar", NEW."oplossing", NEW."opname_id", NEW."overgedragen_op", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."plaats", NEW."planjaar", NEW."planning", NEW."prioriteit", NEW."prioriteit_reden", NEW."status", NEW."statusreden", NEW."subsidie", NEW."tags", NEW."tijdelijk_tot", NEW."titel", NEW."uiterlijk", NEW."uitgevoerd_op", NEW."vastgesteld_op", NEW."verantwoordelijke_id", NEW."vereist", NEW."wegbeheerder", NEW."werkdossier", NEW."wijk_id", NEW."zone_id"); RETURN NULL;', hash='ee331b031db8b197a925f018155d225178d57c27', operation='UPDATE', pgid='pgtrigger_update_update_d5872', table='toegankelijkheid_knelpunt', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='knelpunt',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "toegankelijkheid_knelpunthistoriek" ("adres", "afwijking", "alternatief", "budgetlijn", "criterium_id", "dienst_id", "dimensie", "doorverwezen_naar", "eenheid", "ernst", "externe_id", "gemeten", "gewijzigd_op", "groepen", "haalbaarheid", "haalbaarheidsreden", "id", "is_tijdelijk", "jaarstappen", "kost_hoog", "kost_laag", "meting_id", "niet_goedgekeurd_door_id", "niet_goedgekeurd_op", "niet_reden", "niet_voorgesteld_door_id", "niet_voorgesteld_op", "niveau_id", "norm_id", "object_id", "omschrijving", "omweg_m", "onderwerp", "openbaar", "oplossing", "opname_id", "overgedragen_op", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plaats", "planjaar", "planning", "prioriteit", "prioriteit_reden", "status", "statusreden", "subsidie", "tags", "tijdelijk_tot", "titel", "uiterlijk", "uitgevoerd_op", "vastgesteld_op", "verantwoordelijke_id", "vereist", "wegbeheerder", "werkdossier", "wijk_id", "zone_id") VALUES (OLD."adres", OLD."afwijking", OLD."alternatief", OLD."budgetlijn", OLD."criterium_id", OLD."dienst_id", OLD."dimensie", OLD."doorverwezen_naar", OLD."eenheid", OLD."ernst", OLD."externe_id", OLD."gemeten", OLD."gewijzigd_op", OLD."groepen", OLD."haalbaarheid", OLD."haalbaarheidsreden", OLD."id", OLD."is_tijdelijk", OLD."jaarstappen", OLD."kost_hoog", OLD."kost_laag", OLD."meting_id", OLD."niet_goedgekeurd_door_id", OLD."niet_goedgekeurd_op", OLD."niet_reden", OLD."niet_voorgesteld_door_id", OLD."niet_voorgesteld_op", OLD."niveau_id", OLD."norm_id", OLD."object_id", OLD."omschrijving", OLD."omweg_m", OLD."onderwerp", OLD."openbaar", OLD."oplossing", OLD."opname_id", OLD."overgedragen_op", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."plaats", OLD."planjaar", OLD."planning", OLD."prioriteit", OLD."prioriteit_reden", OLD."status", OLD."statusreden", OLD."subsidie", OLD."tags", OLD."tijdelijk_tot", OLD."titel", OLD."uiterlijk", OLD."uitgevoerd_op", OLD."vastgesteld_op", OLD."verantwoordelijke_id", OLD."vereist", OLD."wegbeheerder", OLD."werkdossier", OLD."wijk_id", OLD."zone_id"); RETURN NULL;', hash='c530d252dcbf997a3bd46cdc025c1affcfcea618', operation='DELETE', pgid='pgtrigger_delete_delete_e0b96', table='toegankelijkheid_knelpunt', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='knelpunt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'niet_uitvoeren'), _negated=True), ('niet_goedgekeurd_op__isnull', False), _connector='OR'), name='knelpunt_refusal_approved'),
        ),
        migrations.AddConstraint(
            model_name='knelpunt',
            constraint=models.CheckConstraint(condition=models.Q(('niet_goedgekeurd_door', models.F('niet_voorgesteld_door')), _negated=True), name='knelpunt_refusal_by_two'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monitoringregels',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "toegankelijkheid_monitoringregelshistoriek" ("bewoners_hoogstens", "bewoners_maanden", "hoog_vanaf", "id", "is_enige", "kt_jaren", "lt_jaren", "middel_vanaf", "mlt_jaren", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."bewoners_hoogstens", NEW."bewoners_maanden", NEW."hoog_vanaf", NEW."id", NEW."is_enige", NEW."kt_jaren", NEW."lt_jaren", NEW."middel_vanaf", NEW."mlt_jaren", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='6b28d0888818131400905182293d8701c2eb464e', operation='INSERT', pgid='pgtrigger_insert_insert_33850', table='toegankelijkheid_monitoringregels', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monitoringregels',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."is_enige" IS DISTINCT FROM NEW."is_enige" OR OLD."middel_vanaf" IS DISTINCT FROM NEW."middel_vanaf" OR OLD."hoog_vanaf" IS DISTINCT FROM NEW."hoog_vanaf" OR OLD."bewoners_hoogstens" IS DISTINCT FROM NEW."bewoners_hoogstens" OR OLD."bewoners_maanden" IS DISTINCT FROM NEW."bewoners_maanden" OR OLD."kt_jaren" IS DISTINCT FROM NEW."kt_jaren" OR OLD."mlt_jaren" IS DISTINCT FROM NEW."mlt_jaren" OR OLD."lt_jaren" IS DISTINCT FROM NEW."lt_jaren")', func='INSERT INTO "toegankelijkheid_monitoringregelshistoriek" ("bewoners_hoogstens", "bewoners_maanden", "hoog_vanaf", "id", "is_enige", "kt_jaren", "lt_jaren", "middel_vanaf", "mlt_jaren", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."bewoners_hoogstens", NEW."bewoners_maanden", NEW."hoog_vanaf", NEW."id", NEW."is_enige", NEW."kt_jaren", NEW."lt_jaren", NEW."middel_vanaf", NEW."mlt_jaren", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='5fc7fa87555faaeb0c4a6826c8cdccfb21c56ccb', operation='UPDATE', pgid='pgtrigger_update_update_9e336', table='toegankelijkheid_monitoringregels', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monitoringregels',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "toegankelijkheid_monitoringregelshistoriek" ("bewoners_hoogstens", "bewoners_maanden", "hoog_vanaf", "id", "is_enige", "kt_jaren", "lt_jaren", "middel_vanaf", "mlt_jaren", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."bewoners_hoogstens", OLD."bewoners_maanden", OLD."hoog_vanaf", OLD."id", OLD."is_enige", OLD."kt_jaren", OLD."lt_jaren", OLD."middel_vanaf", OLD."mlt_jaren", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='2035211745a06e58bec6c4d01eee81bfa052349c', operation='DELETE', pgid='pgtrigger_delete_delete_77e9d', table='toegankelijkheid_monitoringregels', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monitoringregelshistoriek',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='70a2b20810c0045585a58c3f0a25a40414323555', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a5e17', table='toegankelijkheid_monitoringregelshistoriek', when='BEFORE')),
        )]),
    ]
