"""Reading the audit log: filtered by a form, a page at a time, newest entry first."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from live.ids import LARGEST_ID

from ..models import User
from .words import GROUPS

LISTED = 50  # entries of a page
NARROWING = ("person", "group", "day")


class Day(forms.DateInput):
    input_type = "date"


class AuditForm(forms.Form):
    """Filters of the audit log; an empty field filters nothing."""

    person = forms.CharField(label=_("Person"), required=False, max_length=150)
    group = forms.ChoiceField(label=_("What"), required=False)
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=Day,
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(3000, 1, 1))],
    )
    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)

    def __init__(self, asked, groups=GROUPS):
        super().__init__(asked)
        self.fields["group"].choices = [("", _("Everything")), *((one, GROUPS[one]) for one in groups)]

    def filtered(self, entries):
        """Those of these entries that the form asks for, of all pages; none if the form is not valid."""
        if not self.is_valid():
            return entries.none()
        asked = self.cleaned_data
        if asked["person"]:
            entries = concerning(entries, asked["person"])
        if asked["group"]:
            entries = entries.filter(word__startswith=f"{asked['group']}.")
        if asked["day"]:
            entries = entries.filter(at__gte=_midnight(asked["day"]), at__lt=_midnight(asked["day"], days=1))
        return entries

    @property
    def is_narrow(self):
        return any(self.cleaned_data.get(name) for name in NARROWING)


def concerning(entries, name):
    """Entries about the person who has this user name now; if nobody has, about all who had such a name then."""
    known = User.objects.filter(username__iexact=name.removeprefix("@")).first()
    return entries.about(known.pk) if known else entries.naming(name)


def page_of(entries, asked, groups=GROUPS):
    """The context of a page of these entries, as its query string asks: {form, entries, before, wanted}.

    `before` is the id to ask for the next page with, or None; `wanted` the query string of the filters.
    """
    form = AuditForm(asked, groups)
    found = form.filtered(entries)
    if before := form.cleaned_data.get("before"):
        found = found.filter(pk__lt=before)
    listed = list(found[: LISTED + 1])
    wanted = {name: asked[name] for name in NARROWING if asked.get(name)}
    return {
        "form": form,
        "entries": listed[:LISTED],
        "before": listed[LISTED - 1].pk if len(listed) > LISTED else None,
        "wanted": urlencode(wanted),
    }


def _midnight(day, days=0):
    """In the reader's zone."""
    return timezone.make_aware(datetime.combine(day, time.min) + timedelta(days=days))
