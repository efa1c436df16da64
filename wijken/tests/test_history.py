import pytest

from kern import historiek
from wijken.models import Teamlid, TeamWijk, Wijk

from .conftest import DAY


@pytest.mark.parametrize("model", [Teamlid, TeamWijk])
def test_who_worked_where_is_kept_by_the_database_also_for_bulk_changes(stad, model):
    row = model.objects.get(team=stad.management_west)
    model.objects.filter(pk=row.pk).update(tot=DAY)
    assert list(row.historiek.order_by("pgh_id").values_list("pgh_label", "tot")) == [("insert", None), ("update", DAY)]


def test_a_wijk_that_became_an_impulswijk_says_so_with_the_reason(stad):
    with historiek.reason("Besluit van de gemeenteraad"):
        Wijk.objects.filter(pk=stad.west.pk).update(is_impulswijk=True)
    event = stad.west.historiek.order_by("pgh_id").last()
    assert event.is_impulswijk
    assert "Besluit van de gemeenteraad" in str(event.pgh_context)
