from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meldingen", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="pauze",
            name="is_herinnerd",
            field=models.BooleanField(default=False, verbose_name="melder is herinnerd"),
        ),
    ]
