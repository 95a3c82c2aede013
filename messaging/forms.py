"""The form in which a person says what they wish to hear of."""

from django import forms
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import NotificationWishes

DAYS = [(str(number), name) for number, name in WEEKDAYS_ABBR.items()]


class Clock(forms.TimeInput):
    input_type = "time"


class WishesForm(forms.ModelForm):
    quiet_days = forms.MultipleChoiceField(
        choices=DAYS, required=False, label=_("On these days"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = NotificationWishes
        fields = ["push", "sound", "quiet_from", "quiet_until", "quiet_days", "digest"]
        labels = {
            "push": _("Wake my browsers"),
            "sound": _("Play a sound"),
            "quiet_from": pgettext_lazy("time", "From"),
            "quiet_until": pgettext_lazy("time", "Until"),
            "digest": _("Letters about what is still unread"),
        }
        help_texts = {
            "push": _("Off, none of them is woken, whatever is set up below."),
            "sound": _("A short tone when something is about you and you are looking elsewhere."),
            "digest": _("One letter for all of it, with a link that stops them."),
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
            self.add_error("quiet_until" if ends is None else "quiet_from", _("Quiet hours need both ends."))
        return said
