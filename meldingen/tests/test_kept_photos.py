from datetime import timedelta

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from kern.beelden import actions
from kern.beelden.models import Beeld
from meldingen.models import MeldingBeeld
from meldingen.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def photos():
    """A photo of a report, and one of a form that was never sent; both of last week."""
    kept, left = (Beeld.objects.create(sha256=str(i) * 64) for i in range(2))
    MeldingBeeld.objects.create(melding=factories.MeldingFactory(), beeld=kept)
    Beeld.objects.update(aangemaakt_op=timezone.now() - timedelta(days=7))
    return kept, left


def test_the_clean_up_keeps_the_photos_of_reports(photos):
    kept, _left = photos
    assert actions.clean_up(at=timezone.now())["beelden"] == 1
    assert list(Beeld.objects.all()) == [kept]


def test_a_photo_of_a_report_cannot_be_thrown_away(photos):
    with pytest.raises(ProtectedError):
        actions.remove(beelden=Beeld.objects.all())
