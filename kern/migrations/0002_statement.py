"""The statement a new portal starts with; the city reviews it before it goes live and every year after."""

from datetime import date

from django.db import migrations


def make_statement(apps, schema_editor):
    Verklaring = apps.get_model("kern", "Verklaring")
    Hindernis = apps.get_model("kern", "Hindernis")
    alias = schema_editor.connection.alias
    if Verklaring.objects.using(alias).exists():
        return
    verklaring = Verklaring.objects.using(alias).create(
        status="gedeeltelijk",
        methode="zelf",
        uitleg="Met een automatische controle van elke pagina (axe, WCAG 2.2 niveau AA), met het toetsenbord alleen, "
        "en op een scherm van 320 pixels breed.",
        opgesteld_op=date(2026, 11, 23),
        nagekeken_op=date(2026, 11, 23),
        contact_mail="gebiedsgerichtewerking@genk.be",
        contact_telefoon="089 65 43 21",
    )
    Hindernis.objects.using(alias).create(
        verklaring=verklaring,
        wat="De kaarten zijn niet te gebruiken met een schermlezer.",
        reden="buiten",
        alternatief="Naast elke kaart staat een lijst met hetzelfde. Een plaats kan je ook als adres typen.",
    )


class Migration(migrations.Migration):
    dependencies = [("kern", "0001_initial")]

    operations = [migrations.RunPython(make_statement, migrations.RunPython.noop)]
