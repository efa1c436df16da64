"""What the portal says about itself, in the admin."""

from django.contrib import admin

from .models import Hindernis, Verklaring


class HindernisInline(admin.StackedInline):
    model = Hindernis
    extra = 0


@admin.register(Verklaring)
class VerklaringAdmin(admin.ModelAdmin):
    list_display = ["opgesteld_op", "status", "nagekeken_op"]
    inlines = [HindernisInline]
