"""The words on top of a half-year letter."""

from django import forms


class InleidingForm(forms.Form):
    use_required_attribute = False
    inleiding = forms.CharField(
        label="Inleiding",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Staat bovenaan de brief en de mail, in gewone taal.",
    )
