from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("gebruikers", "0001_initial")]

    operations = [migrations.RemoveField("gebruiker", "is_staff")]
