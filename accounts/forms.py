"""Forms about accounts: profile, sign-up, invite links, access tokens."""

import zoneinfo
from datetime import datetime, time, timedelta
from functools import cache

from django import forms
from django.conf import settings
from django.contrib.auth.forms import UserCreationForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .mail import has_a_way_out
from .models import User
from .names import mixes_scripts, one_line
from .scopes import SCOPES

ZONE_HELP = _("Quiet hours and letters go by the server's clock until you choose one.")
LONGEST = timedelta(days=3653)  # that a token may be valid
NO_MAIL = _("You can sign in with it too. No letters leave this server. You may leave it out.")


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = [
            "display_name",
            "language",
            "time_zone",
            "theme",
            "density",
            "shares_presence",
            "shares_receipts",
        ]
        labels = {
            "display_name": _("Name"),
            "time_zone": _("Time zone"),
            "theme": _("Appearance"),
            "density": _("Density"),
            "shares_presence": _("Show others when I am here"),
            "shares_receipts": _("Show others what I have read"),
        }
        help_texts = {
            "display_name": _("How others see you. Without one they see your user name."),
            "shares_presence": _("Without it, nobody sees whether you are here."),
            "shares_receipts": _("Without it, nobody sees how far you have read."),
        }
        widgets = {"display_name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if len(settings.LANGUAGES) > 1:
            self.fields["language"] = forms.ChoiceField(
                label=_("Language"), choices=[("", _("As my browser")), *settings.LANGUAGES], required=False
            )
        else:
            del self.fields["language"]
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=_zones, required=False, help_text=ZONE_HELP
        )


@cache
def _zones():
    """About six hundred, each read from a file, so they are read once per process."""
    names = sorted(zoneinfo.available_timezones())
    return [("", _("As my browser")), *((name, name.replace("_", " ")) for name in names)]


class NewcomerForm(UserCreationForm):
    class Meta:
        model = User
        fields = ["username", "display_name", "email"]
        labels = {"username": _("User name"), "display_name": _("Your name"), "email": _("E-mail")}
        help_texts = {
            "username": _("You sign in and are mentioned with it. Letters, digits and @ . + - _ only."),
            "display_name": _("How others see you. Without one they see your user name."),
            "email": _(
                "For a new password when you forget yours, and for what you missed, once you confirmed it by the "
                "link that is sent to it. You may leave it out."
            ),
        }
        widgets = {
            "display_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_a_way_out():
            self.fields["email"].help_text = NO_MAIL

    def clean_username(self):
        name = super().clean_username()
        if name and (mixes_scripts(name) or one_line(name) != name):
            raise forms.ValidationError(
                _("Please use letters of one alphabet: others could not tell them apart.")
            )
        return name


class FirstAdministratorForm(NewcomerForm):
    def save(self, commit=True):
        self.instance.is_superuser = self.instance.is_staff = True
        return super().save(commit)


class InviteForm(forms.Form):
    """The arguments `people` and `note` of actions.make_invite_link."""

    people = forms.TypedChoiceField(
        label=_("For"),
        choices=[("1", pgettext_lazy("whom a link is for", "One person")), ("0", _("Any number of people"))],
        coerce=lambda said: int(said) or None,
    )
    note = forms.CharField(
        label=_("Whom it is for"),
        max_length=80,
        required=False,
        help_text=_("Only for you and other administrators. You may leave it out."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DayInput(forms.DateInput):
    input_type = "date"


class TokenForm(forms.Form):
    """The arguments of actions.make_token. A token is valid until its last day ends, in its person's time zone."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=80,
        help_text=_("So that you know it again in the list."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=SCOPES.items(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    good_until = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Without one it is good until you end it."),
        widget=DayInput(format="%Y-%m-%d"),
    )

    def clean_good_until(self):
        day = self.cleaned_data["good_until"]
        if day is None:
            return None
        if not timezone.localdate() <= day <= timezone.localdate() + LONGEST:
            raise forms.ValidationError(_("Choose a day from today on, in the next ten years."))
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
