"""Pages of wijken, the address search, and what staff do with the needs of a wijk."""

from django.urls import path

from .views import agreements, needs, partner_links, partner_pages, partners, public, tasks

app_name = "wijken"
urlpatterns = [
    path("wijken/", public.wijk_list, name="list"),
    path("wijken/zoek/", public.find, name="find"),
    path("wijken/omtrekken.json", public.outlines, name="outlines"),
    path("wijken/waar/", public.at, name="at"),
    path("wijken/<slug:slug>/", public.detail, name="detail"),
    path("partner/contact/<str:token>/", partners.contact, name="partner_contact"),
    path("partner/verslag/<str:token>/", partner_links.report, name="partner_report"),
    path("partner/afspraak/<str:token>/", partner_links.task, name="partner_task"),
    path("adres/", public.address_search, name="address_search"),
    path("werk/behoeften/", needs.need_list, name="needs"),
    path("werk/behoeften/<int:behoefte>/", needs.need, name="need"),
    path("werk/behoeften/<int:behoefte>/bewerk/", needs.edit, name="need_edit"),
    path("werk/behoeften/<int:behoefte>/bevestig/", needs.confirm, name="need_confirm"),
    path("werk/behoeften/<int:behoefte>/verwerp/", needs.reject, name="need_reject"),
    path("werk/behoeften/<int:behoefte>/plaatsen.geojson", needs.places, name="need_places"),
    path("werk/partners/", partner_pages.partner_list, name="partners"),
    path("werk/partners/uitvoer/", partner_pages.partner_export, name="partners_export"),
    path("werk/partners/netwerk/<slug:slug>/", partner_pages.network, name="network"),
    path("werk/partners/<int:pk>/", partner_pages.partner_detail, name="partner"),
    path("werk/partners/<int:pk>/historiek/", partner_pages.partner_history, name="partner_history"),
    path("werk/partners/<int:pk>/contact/", partner_pages.partner_settle, name="partner_settle"),
    path("werk/partners/<int:pk>/personen/nieuw/", partner_pages.person_new, name="person_new"),
    path("werk/partners/<int:pk>/personen/<int:persoon>/", partner_pages.person_edit, name="person"),
    path("werk/partners/<int:pk>/rollen/nieuw/", partner_pages.role_new, name="role_new"),
    path("werk/partners/<int:pk>/rollen/<int:rol>/stop/", partner_pages.role_end, name="role_end"),
    path("werk/overeenkomsten/", agreements.agreement_list, name="agreements"),
    path("werk/overeenkomsten/uitvoer/", agreements.agreement_export, name="agreements_export"),
    path("werk/overeenkomsten/nieuw/", agreements.agreement_new, name="agreement_new"),
    path("werk/overeenkomsten/<int:pk>/", agreements.agreement, name="agreement"),
    path("werk/overeenkomsten/<int:pk>/bewerk/", agreements.agreement_edit, name="agreement_edit"),
    path("werk/overeenkomsten/<int:pk>/doe/", agreements.agreement_do, name="agreement_do"),
    path("werk/overeenkomsten/<int:pk>/historiek/", agreements.agreement_history, name="agreement_history"),
    path("werk/overeenkomsten/<int:pk>/verslag/<int:verslag>/", agreements.report_look, name="report_look"),
    path("werk/afspraken/", tasks.task_list, name="tasks"),
    path("werk/afspraken/uitvoer/", tasks.task_export, name="tasks_export"),
    path("werk/afspraken/nieuw/", tasks.task_new, name="task_new"),
    path("werk/afspraken/<int:pk>/", tasks.task, name="task"),
    path("werk/afspraken/<int:pk>/bewerk/", tasks.task_edit, name="task_edit"),
    path("werk/afspraken/<int:pk>/doe/", tasks.task_do, name="task_do"),
    path("werk/afspraken/<int:pk>/historiek/", tasks.task_history, name="task_history"),
]
