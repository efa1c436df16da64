from django.db import migrations, models
from kern.migreren import Together


class Migration(migrations.Migration):

    dependencies = [
        ('samenleven', '0010_jury_bewaarregel'),
    ]

    operations = [
        Together([migrations.AddField(
            model_name='aanbevelingsnieuws',
            name='soort',
            field=models.CharField(blank=True, choices=[('antwoord', 'antwoord'), ('nota', 'nota'), ('nota_weg', 'nota teruggenomen'), ('bewijs', 'bewijs'), ('bewijs_weg', 'bewijs weggehaald'), ('mijlpaal', 'nieuwe mijlpaal'), ('gehaald', 'mijlpaal gehaald')], default='', max_length=12, verbose_name='soort'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='aanbevelingsnieuws',
            name='gegeven',
            field=models.CharField(blank=True, default='', max_length=160, verbose_name='antwoord, trede of mijlpaal'),
            preserve_default=False,
        )]),
    ]
