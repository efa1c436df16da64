import pytest
from django.utils import timezone

from meldingen.models import Melding
from meldingen.states import Status
from meldingen.tests import factories
from wijken.queries import reach, team_for, wijk_at

pytestmark = pytest.mark.django_db


def test_the_cast_works_in_its_own_wijk(cast):
    today = timezone.localdate()
    assert wijk_at(factories.CENTRE) == cast.wijk
    assert wijk_at(factories.OUTSIDE) is None
    assert team_for("buurttoezicht", cast.wijk, today) == cast.toezicht
    assert team_for("dienst", cast.wijk, today) == cast.meldpunt
    assert reach(cast.wijkmanager, today).wijk_ids == {cast.wijk.pk}
    assert cast.beheerder.rollen == {"beheerder"}


@pytest.mark.parametrize("status", Status)
def test_a_report_can_be_made_in_every_status(status):
    factories.MeldingFactory(status=status)
    assert Melding.objects.get().status == status
