"""Pages of wijken, the address search, and what staff do with the needs of a wijk."""

from django.urls import path

from .views import impuls, needs, partners, plan, programma, public

app_name = "wijken"
urlpatterns = [
    path("wijken/", public.wijk_list, name="list"),
    path("wijken/zoek/", public.find, name="find"),
    path("wijken/omtrekken.json", public.outlines, name="outlines"),
    path("wijken/waar/", public.at, name="at"),
    path("wijken/<slug:slug>/", public.detail, name="detail"),
    path("partner/contact/<str:token>/", partners.contact, name="partner_contact"),
    path("adres/", public.address_search, name="address_search"),
    path("werk/behoeften/", needs.need_list, name="needs"),
    path("werk/behoeften/<int:behoefte>/", needs.need, name="need"),
    path("werk/behoeften/<int:behoefte>/bewerk/", needs.edit, name="need_edit"),
    path("werk/behoeften/<int:behoefte>/bevestig/", needs.confirm, name="need_confirm"),
    path("werk/behoeften/<int:behoefte>/verwerp/", needs.reject, name="need_reject"),
    path("werk/behoeften/<int:behoefte>/plaatsen.geojson", needs.places, name="need_places"),
    # Goals, the multi-year plan and what is tied to both.
    path("werk/doelen/", programma.goals, name="goals"),
    path("werk/doelen/<slug:doelsoort>/<slug:doelcode>/", programma.goal, name="goal"),
    path("werk/plan/", plan.plans, name="plans"),
    path("werk/plan/koppel/<slug:soort>/<int:nummer>/", plan.tie, name="plan_tie"),
    path("werk/plan/band/<int:pk>/weg/", plan.untie, name="plan_untie"),
    path("werk/plan/<int:plan>/", plan.plan, name="plan"),
    path("werk/plan/<int:plan>/<str:plancode>/", plan.item, name="plan_item"),
    # Impulswijken and figures.
    path("werk/impulswijken/", impuls.overview, name="impuls"),
    path("werk/impulswijken/begin/", impuls.begin, name="impuls_begin"),
    path("werk/impulswijken/afspraak/<int:pk>/", impuls.item, name="impuls_item"),
    path("werk/impulswijken/afspraak/<int:pk>/wijzig/", impuls.edit, name="impuls_edit"),
    path("werk/impulswijken/afspraak/<int:pk>/stap/", impuls.step, name="impuls_step"),
    path("werk/impulswijken/<slug:slug>/", impuls.programme, name="impuls_programme"),
    path("werk/impulswijken/<slug:slug>/nieuw/", impuls.add, name="impuls_add"),
    path("werk/impulswijken/<slug:slug>/einde/", impuls.end, name="impuls_end"),
    path("werk/wijkmonitor/", impuls.monitors, name="monitors"),
    path("werk/wijkmonitor/<slug:slug>/", impuls.monitor, name="monitor"),
    path("wijken/<slug:slug>/cijfers/", impuls.public_monitor, name="figures"),
]
