"""A round in the street: the next stop first, what came of it, and the end of the round."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kern.beelden import actions as beelden

from ... import actions, rules
from ...actions.ronde import StopAfgerond
from ...forms.rondes import GedaanForm, KijkForm, NietGelukForm, RondewerkForm
from ...models import Handeling, Inzage, Ronde, Rondestop
from ...queries import dossier, rondes
from .gate import StaffRequest, for_staff, kept
from .rondes import context_of, get_round
from .steps import refusal

Bevinding = Rondestop.Bevinding
# The fields of time and material, which stand together below the others.
WORK = ("duur", "materiaal_", "aantal_")
# What each finding leads to, in the words of the button under it.
LEADS_TO = {
    Bevinding.WEG: "De melding wordt afgesloten als niet gevonden. De melder krijgt een mail en kan ze heropenen.",
    Bevinding.ONDUIDELIJK: "We vragen het aan de melder. Is er geen e-mailadres, dan gaat ze terug naar het meldpunt.",
    Bevinding.NIET_VOOR_ONS: "De melding gaat terug naar het meldpunt, dat zoekt wie het wel doet.",
    Bevinding.LATER: "Je plant een andere dag. De melder krijgt die dag in een mail.",
}


@for_staff
def round_page(request: StaffRequest, pk: int) -> HttpResponse:
    """The round as one walks it: the next stop large, then the rest, then what is done."""
    ronde = get_round(request, pk)
    context = context_of(request, ronde)
    context["plattegrond"] = rondes.map_of(context["pagina"])
    if context["mag"]:
        steps = rondes.undoable_steps(ronde, request.user)
        now = timezone.now()
        open_steps = [row for row in steps if row.op + rules.UNDO > now and row.tot > now]
        context["terug"] = {row.melding_id: row for row in reversed(open_steps)}
        for stop in context["pagina"].stops:
            stop.rij.handeling = context["terug"].get(stop.rij.melding_id) if stop.rij.lijn_id else None
    return render(request, "meldingen/werk/rondes/ronde.html", context)


@for_staff
@require_http_methods(["GET", "POST"])
def stop_done(request: StaffRequest, pk: int, stop: int) -> HttpResponse:
    """It is solved: words, photos, time and material, and the report closes."""
    row = _stop(request, pk, stop)
    if not row.is_open:
        return _was_done(request, row)
    if request.method == "GET":
        return _page(request, row, "gedaan", _with_kept(request, GedaanForm(stop=row)))
    form = GedaanForm(request.POST, request.FILES, stop=row)

    def perform() -> None:
        fields = form.cleaned_data
        photos = [beelden.store(foto).pk for foto in fields["fotos"]]
        actions.ronde.done(
            stop=row,
            toelichting=fields["toelichting"],
            versie=fields["versie"],
            beelden=photos,
            werk=form.werk(),
            door=request.user,
            at=timezone.now(),
        )
        actions.texts.used(teksten=form.gebruikt, at=timezone.now())

    return _take(request, row, "gedaan", form, perform, "is opgelost en afgesloten.")


@for_staff
@require_http_methods(["GET", "POST"])
def stop_not_done(request: StaffRequest, pk: int, stop: int) -> HttpResponse:
    """It could not be done: first why, then the words and what belongs to that reason."""
    row = _stop(request, pk, stop)
    if not row.is_open:
        return _was_done(request, row)
    kind = (request.POST if request.method == "POST" else request.GET).get("bevinding", "")
    if kind not in Bevinding.values:
        reasons = [(code, code.label, LEADS_TO[code]) for code in Bevinding]
        return _page(request, row, "niet-gelukt", None, redenen=reasons, zonder_keuze=request.method == "POST")
    if request.method == "GET":
        form = _with_kept(request, NietGelukForm(stop=row, bevinding=kind))
        return _page(request, row, "niet-gelukt", form, leidt_tot=LEADS_TO[Bevinding(kind)])
    form = NietGelukForm(request.POST, stop=row, bevinding=kind)

    def perform() -> None:
        fields = form.cleaned_data
        actions.ronde.not_done(
            stop=row,
            bevinding=kind,
            tekst=fields["tekst"],
            dag=fields.get("dag"),
            versie=fields["versie"],
            werk=form.werk(),
            door=request.user,
            at=timezone.now(),
        )

    return _take(request, row, "niet-gelukt", form, perform, "is bijgewerkt.", leidt_tot=LEADS_TO[Bevinding(kind)])


@for_staff
@require_http_methods(["GET", "POST"])
def stop_look(request: StaffRequest, pk: int, stop: int) -> HttpResponse:
    """A photo or a note for colleagues; the stop stays as it is."""
    row = _stop(request, pk, stop)
    if request.method == "GET":
        return _page(request, row, "kijk", _with_kept(request, KijkForm()))
    form = KijkForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, row, "kijk", form)
    with transaction.atomic():
        photos = [beelden.store(foto).pk for foto in form.cleaned_data["fotos"]]
        actions.ronde.look(
            stop=row, tekst=form.cleaned_data["tekst"], beelden=photos, door=request.user, at=timezone.now()
        )
    messages.success(request, f"Bewaard bij melding {row.melding_id}.")
    return _to_round(row.ronde)


@for_staff
def stop_undo(request: StaffRequest, pk: int, stop: int) -> HttpResponse:
    """Take back what was just written down for a stop: the report and the stop are as before."""
    row = _stop(request, pk, stop)
    step = get_object_or_404(Handeling, melding=row.melding_id, lijnen__contains=[row.lijn_id])
    if not rules.may_take_back(request.user, request.reach, row.melding, step.door_id):
        raise Http404
    if request.method != "POST":  # whose log-in had ended comes back here from the log-in page
        return _to_round(row.ronde)
    try:
        if step.op + rules.UNDO < timezone.now():
            raise actions.NietTerug("de vijf minuten om dit terug te draaien zijn voorbij")  # noqa: TRY301
        actions.take_back(handeling=step, door=request.user, at=timezone.now())
    except actions.NietTerug as error:
        messages.warning(request, refusal(error))
    else:
        messages.success(request, f"Teruggedraaid: {step.wat}. Er ging geen mail weg.")
    return _to_round(row.ronde)


@for_staff
@require_http_methods(["GET", "POST"])
def round_finish(request: StaffRequest, pk: int) -> HttpResponse:
    """Time and material of the whole round, and its end; or open it again."""
    ronde = get_round(request, pk, walk=True)
    if "heropen" in request.POST:
        actions.ronde.reopen(ronde=ronde)
        messages.success(request, "De ronde is weer open.")
        return _to_round(ronde)
    form = RondewerkForm(request.POST if request.method == "POST" else None, ronde=ronde)
    if request.method == "POST" and form.is_valid():
        actions.ronde.write_work(ronde=ronde, werk=form.werk(), opmerking=form.cleaned_data["opmerking"])
        if "afronden" in request.POST:
            actions.ronde.finish(ronde=ronde, at=timezone.now())
            messages.success(request, "De ronde is afgerond. Wat niet lukte, kan in een andere ronde.")
        else:
            messages.success(request, "Bewaard.")
        return _to_round(ronde)
    return render(request, "meldingen/werk/rondes/klaar.html", {**context_of(request, ronde), "form": form})


def _stop(request: StaffRequest, pk: int, stop: int) -> Rondestop:
    """A stop of a round that this person walks, with a report that is theirs to handle."""
    ronde = get_round(request, pk, walk=True)
    rows = Rondestop.objects.select_related("melding__categorie__hoofdcategorie", "melding__melder", "melding__wijk")
    row = get_object_or_404(rows, pk=stop, ronde=ronde)
    if not rules.may_handle(request.user, request.reach, row.melding) or row.melding.categorie.is_gevoelig:
        raise Http404
    row.ronde = ronde
    return row


def _take(
    request: StaffRequest,
    row: Rondestop,
    wat: str,
    form: Any,
    perform: Callable[[], None],
    gedaan: str,
    **extra: Any,
) -> HttpResponse:
    """Do it when all is filled in. Whoever was first wins, and nothing that was typed is lost."""
    if form.is_valid():
        try:
            with transaction.atomic():
                perform()
        except StopAfgerond:
            return _was_done(request, row)
        except actions.Gewijzigd as change:
            data = form.data.copy()
            data["versie"] = str(change.melding.versie)
            again = _again(form, data)
            return _page(request, row, wat, again, 409, botsing=dossier.latest(change.melding), **extra)
        except (ValueError, actions.StapNietMogelijk) as error:
            form.add_error(None, refusal(error))  # type: ignore[arg-type]
        else:
            messages.success(request, f"Melding {row.melding_id} {gedaan}")
            return _to_round(row.ronde)
    return _page(request, row, wat, form, **extra)


def _again(form: Any, data: Any) -> Any:
    extra = {"bevinding": form.kind} if isinstance(form, NietGelukForm) else {}
    again = type(form)(data, stop=form.stop, **extra)
    again.full_clean()
    return again


def _page(request: StaffRequest, row: Rondestop, wat: str, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
    actions.read(melding=row.melding, door=request.user, wat=Inzage.Wat.MELDING, at=timezone.now())
    velden = [field for field in form.visible_fields() if not field.name.startswith(WORK)] if form else []
    context = {
        "velden": velden,
        "ronde": row.ronde,
        "stop": row,
        "melding": row.melding,
        "wat": wat,
        "form": form,
        "fotos": row.melding.beelden.select_related("beeld"),
        "vandaag": timezone.localdate(),
        **extra,
    }
    return render(request, "meldingen/werk/rondes/stop.html", context, status=status)


def _with_kept(request: StaffRequest, form: Any) -> Any:
    """Give back what was typed here when the log-in had ended."""
    typed = kept(request, request.path)
    form.initial |= {name: values[-1] for name, values in typed.items() if name in form.fields and name != "versie"}
    return form


def _was_done(request: StaffRequest, row: Rondestop) -> HttpResponse:
    """A second press of the same button, or a colleague who was first: on to the next stop."""
    messages.info(request, f"Melding {row.melding_id} was al afgerond in deze ronde.")
    return _to_round(row.ronde)


def _to_round(ronde: Ronde) -> HttpResponseRedirect:
    to: HttpResponseRedirect = redirect("meldingen:round", ronde.pk)
    return to


__all__ = ["round_finish", "round_page", "stop_done", "stop_look", "stop_not_done", "stop_undo"]
