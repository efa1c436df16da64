"""Every wijk that is an impulswijk now gets the period in which it is one."""

from django.db import migrations
from django.utils import timezone


def begin(apps, schema_editor):
    period = apps.get_model("wijken", "Impulsperiode")
    for wijk in apps.get_model("wijken", "Wijk").objects.filter(is_impulswijk=True):
        van = wijk.impulswijk_sinds or timezone.localdate()
        period.objects.get_or_create(wijk=wijk, tot=None, defaults={"van": van, "reden": "Stond al zo in het portaal."})


class Migration(migrations.Migration):
    dependencies = [("wijken", "0011_plan")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
