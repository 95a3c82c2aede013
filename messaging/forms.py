"""The form in which a person says what they wish to hear of."""

from django import forms

from .models import NotificationWishes

DAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class Clock(forms.TimeInput):
    input_type = "time"


class WishesForm(forms.ModelForm):
    quiet_days = forms.MultipleChoiceField(
        choices=DAYS, required=False, label="On these days", widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = NotificationWishes
        fields = ["push", "sound", "quiet_from", "quiet_until", "quiet_days", "digest"]
        labels = {
            "push": "Wake my browsers",
            "sound": "Play a sound",
            "quiet_from": "From",
            "quiet_until": "Until",
            "digest": "Letters about what is still unread",
        }
        help_texts = {
            "push": "Off, none of them is woken, whatever is set up below.",
            "sound": "A short tone when something is about you and you are looking elsewhere.",
            "digest": "One letter for all of it, with a link that stops them.",
        }
        widgets = {
            "quiet_from": Clock(format="%H:%M"),
            "quiet_until": Clock(format="%H:%M"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["quiet_days"] = list(self.instance.quiet_days)

    def clean_quiet_days(self):
        return "".join(sorted(self.cleaned_data["quiet_days"]))

    def clean(self):
        said = super().clean()
        begins, ends = said.get("quiet_from"), said.get("quiet_until")
        if (begins is None) != (ends is None) and not self.errors:
            self.add_error("quiet_until" if ends is None else "quiet_from", "Quiet hours need both ends.")
        return said
