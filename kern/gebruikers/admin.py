"""Accounts and replacements in the admin."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.contrib.sites.models import Site
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from . import actions
from .models import Gebruiker, Vervanging
from .rollen import Rol

# Not for the beheerder: roles are made by a migration, log-in data by the log-in itself.
for _model in (Group, Site, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)


class NewAccountForm(AdminUserCreationForm):
    class Meta:
        model = Gebruiker
        fields = ["naam", "email", "groups"]


@admin.register(Gebruiker)
class GebruikerAdmin(UserAdmin):
    add_form = NewAccountForm
    list_display = ["naam", "email", "rolnamen", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    search_fields = ["naam", "email"]
    ordering = ["naam"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    actions = ["forget_second_factor"]
    fieldsets = [
        (None, {"fields": ["naam", "email", "telefoon", "password"]}),
        (_("Rollen"), {"fields": ["groups", "is_active"]}),
        (_("Data"), {"fields": ["last_login", "date_joined"], "classes": ["collapse"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["naam", "email", "groups", "usable_password", "password1", "password2"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Gebruiker]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("rollen"))
    def rolnamen(self, gebruiker: Gebruiker) -> str:
        return ", ".join(group.name for group in gebruiker.groups.all()) or "–"

    def formfield_for_manytomany(self, db_field, request, **kwargs):  # type: ignore[no-untyped-def]
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.queryset = Group.objects.filter(name__in=Rol.values)
            field.label = _("Rollen")
            field.help_text = _("Wat iemand mag zien en doen. Zonder rol kan iemand alleen zijn eigen account zien.")
            field.widget = forms.CheckboxSelectMultiple(choices=field.choices)
        return field

    @admin.action(description=_("Verwijder de tweede stap van wie zijn toestel kwijt is"))
    def forget_second_factor(self, request: HttpRequest, gebruikers: QuerySet[Gebruiker]) -> None:
        count = sum(bool(actions.forget_second_factor(gebruiker=gebruiker)) for gebruiker in gebruikers)
        text = ngettext(
            "%d account stelt bij het inloggen opnieuw een tweede stap in.",
            "%d accounts stellen bij het inloggen opnieuw een tweede stap in.",
            count,
        )
        self.message_user(request, text % count, messages.SUCCESS)


@admin.register(Vervanging)
class VervangingAdmin(admin.ModelAdmin):
    list_display = ["afwezige", "vervanger", "van", "tot"]
    list_filter = ["van"]
    date_hierarchy = "van"
    autocomplete_fields = ["afwezige", "vervanger"]
    search_fields = ["afwezige__naam", "vervanger__naam"]
    list_select_related = ["afwezige", "vervanger"]
