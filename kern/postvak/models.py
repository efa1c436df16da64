"""A mail as it would have gone out."""

from django.db import models
from django.urls import reverse


class PostvakMailQuerySet(models.QuerySet["PostvakMail"]):
    def to(self, address: str) -> "PostvakMailQuerySet":
        """Mails to an address that contains this text, in any case; all of them for an empty text."""
        return self.filter(aan__icontains=address.strip()) if address.strip() else self


class PostvakMail(models.Model):
    """One mail to one or more receivers."""

    verstuurd_op = models.DateTimeField("verstuurd op", auto_now_add=True, db_index=True)
    van = models.TextField("van")
    aan = models.TextField("aan", help_text="Alle ontvangers, met een komma ertussen.")
    onderwerp = models.TextField("onderwerp", blank=True)
    tekst = models.TextField("tekst", blank=True)
    html = models.TextField("opgemaakte tekst", blank=True)
    kopteksten = models.JSONField("kopteksten", default=dict)
    bijlagen = models.JSONField("bijlagen", default=list, help_text="De namen van de bijlagen.")

    objects = PostvakMailQuerySet.as_manager()

    class Meta:
        verbose_name = "mail in het postvak"
        verbose_name_plural = "mails in het postvak"
        ordering = ["-verstuurd_op", "-pk"]

    def __str__(self) -> str:
        return self.onderwerp

    def get_absolute_url(self) -> str:
        return reverse("postvak:detail", args=[self.pk])
