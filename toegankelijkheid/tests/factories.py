"""What tests about the screening make: levels, a zone, a norm, an object and a visit."""

from __future__ import annotations

from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from kern.geo import Punt
from toegankelijkheid.models import (
    Campagne,
    Criterium,
    Knelpunt,
    Kwaliteitsniveau,
    Meting,
    Norm,
    Opname,
    Screeningsobject,
    Woonzorgzone,
    ZoneRing,
)
from toegankelijkheid.rules.woorden import Dimensie, Kracht, Onderwerp, Oordeel, Operator

CENTRE = Punt(5.49, 50.96)
SQUARE = (Punt(5.48, 50.95), Punt(5.50, 50.95), Punt(5.50, 50.97), Punt(5.48, 50.97))


def level(code: str = "basis") -> Kwaliteitsniveau:
    """A level of the norm book."""
    return Kwaliteitsniveau.objects.get(code=code)


class ZoneFactory(DjangoModelFactory):
    """A square zone around `CENTRE`."""

    class Meta:
        model = Woonzorgzone
        skip_postgeneration_save = True

    naam = factory.Sequence(lambda n: f"Zone {n}")
    slug = factory.Sequence(lambda n: f"zone-{n}")
    kern = CENTRE
    niveau = factory.LazyFunction(level)

    @factory.post_generation
    def wijken(self, create, extracted, **kwargs):
        self.wijken.set(extracted or [])
        ZoneRing.objects.create(zone=self, ring=SQUARE)


class CampagneFactory(DjangoModelFactory):
    class Meta:
        model = Campagne
        skip_postgeneration_save = True

    naam = factory.Sequence(lambda n: f"Ronde {n}")
    zone = factory.SubFactory(ZoneFactory)
    onderwerpen = [Onderwerp.OVERSTEEKPLAATS]
    van = factory.LazyFunction(timezone.localdate)
    tot = factory.LazyFunction(timezone.localdate)

    @factory.post_generation
    def screeners(self, create, extracted, **kwargs):
        self.screeners.set(extracted or [])


class ObjectFactory(DjangoModelFactory):
    class Meta:
        model = Screeningsobject

    onderwerp = Onderwerp.OVERSTEEKPLAATS
    naam = factory.Sequence(lambda n: f"Oversteek {n}")
    straat = "Dorpsstraat"
    plaats = CENTRE
    niveau = factory.LazyFunction(level)
    gemaakt_op = factory.LazyFunction(timezone.now)


class CriteriumFactory(DjangoModelFactory):
    class Meta:
        model = Criterium

    code = factory.Sequence(lambda n: f"criterium-{n}")
    onderwerp = Onderwerp.OVERSTEEKPLAATS
    dimensie = Dimensie.DREMPEL
    naam = factory.Sequence(lambda n: f"Criterium {n}")
    eenheid = "cm"
    groepen = ["rolstoel"]


class NormFactory(DjangoModelFactory):
    class Meta:
        model = Norm

    code = factory.Sequence(lambda n: f"T-{n}")
    criterium = factory.SubFactory(CriteriumFactory)
    naam = "Hoogte"
    niveau = factory.LazyFunction(level)
    operator = Operator.HOOGSTENS
    maximum = Decimal(2)
    kracht = Kracht.RICHTLIJN
    bron = "S1"
    geldig_van = factory.LazyFunction(timezone.localdate)


class OpnameFactory(DjangoModelFactory):
    class Meta:
        model = Opname

    object = factory.SubFactory(ObjectFactory)
    gemeten_op = factory.LazyFunction(timezone.now)
    ontvangen_op = factory.LazyFunction(timezone.now)


class MetingFactory(DjangoModelFactory):
    class Meta:
        model = Meting

    opname = factory.SubFactory(OpnameFactory)
    object = factory.SelfAttribute("opname.object")
    criterium = factory.SubFactory(CriteriumFactory)
    waarde = Decimal(1)
    gemeten_op = factory.SelfAttribute("opname.gemeten_op")
    oordeel = Oordeel.VOLDOET
    niveau = factory.LazyFunction(level)


class KnelpuntFactory(DjangoModelFactory):
    class Meta:
        model = Knelpunt

    onderwerp = Onderwerp.OVERSTEEKPLAATS
    titel = factory.Sequence(lambda n: f"Knelpunt {n}")
