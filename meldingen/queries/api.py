"""What the JSON interface reads beside what the pages read."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q

from kern.geheugen import onthoud

from ..models import Categorie, Vraag

ACTIVE_MAIN = "categorie__hoofdcategorie__"


def categories(on: date) -> list[Categorie]:
    """What can be reported on this day, with questions; not what is for somebody else to solve (two queries)."""
    main = Categorie.objects.active(on).main()
    rows = Categorie.objects.active(on).sub().filter(hoofdcategorie__in=main, stoppagina=None)
    questions = Vraag.objects.select_related("alleen_als").order_by("volgorde", "pk")
    return list(
        rows.select_related("hoofdcategorie")
        .prefetch_related(Prefetch("vragen", questions))
        .order_by("hoofdcategorie__volgorde", "hoofdcategorie__naam", "volgorde", "naam")
    )


def category_with_questions(code: str, on: date) -> tuple[Categorie | None, list[Vraag]]:
    """A category that can be chosen on this day, with its questions.

    One query for a category with questions, for they bring it along; two for one without.
    """
    categorie, questions = onthoud(("gevraagd", code, on), lambda: _category_with_questions(code, on))
    return categorie, list(questions)


def _category_with_questions(code: str, on: date) -> tuple[Categorie | None, list[Vraag]]:
    begun, ended = Q(pk__in=[]), Q(pk__in=[])
    for prefix in ("categorie__", ACTIVE_MAIN):
        begun |= Q(**{f"{prefix}geldig_van__gt": on})
        ended |= Q(**{f"{prefix}geldig_tot__lt": on})
    rows = Vraag.objects.filter(categorie__code=code, categorie__hoofdcategorie__isnull=False)
    related = ("categorie__hoofdcategorie", "categorie__team", "categorie__stoppagina", "stoppagina")
    questions = list(rows.exclude(begun | ended).select_related(*related).order_by("volgorde", "pk"))
    if questions:
        return questions[0].categorie, questions
    main = Categorie.objects.active(on).main()
    found = Categorie.objects.active(on).sub().filter(code=code, hoofdcategorie__in=main)
    return found.select_related("hoofdcategorie", "team", "stoppagina").first(), []
