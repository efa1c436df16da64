from django import forms

from .models import MailTekst


class MailTekstForm(forms.ModelForm):
    """The words of one kind of mail in one language; which one is in the address of the page."""

    class Meta:
        model = MailTekst
        fields = ["onderwerp", "tekst"]
        widgets = {
            "onderwerp": forms.TextInput(attrs={"size": 80}),
            "tekst": forms.Textarea(attrs={"rows": 18, "cols": 90}),
        }

    # `soort` and `taal` are not on the form, but its placeholders and the one-per-language rule hang on them.
    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"soort", "taal"}
