"""Reading the fields of a request, a form or JSON, with their types. ValidationError if one is malformed."""

import json
import uuid
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from live.ids import LONGEST_ID


def said_in(request):
    """The fields of a form, or of a JSON object."""
    if request.content_type != "application/json":
        return request.POST
    try:
        asked = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("This is not JSON.")) from error
    if not isinstance(asked, dict):
        raise ValidationError(_("Send an object."))
    return asked


def id_in(asked, name):
    return _id(asked.get(name, ""))


def id_if_any(asked, name):
    return None if asked.get(name) in (None, "") else id_in(asked, name)


def ids_in(form, name):
    """The ids under that name in a form; other values are left out."""
    return [id for id in map(whole_number, form.getlist(name)) if id is not None]


def all_ids_in(asked, name):
    """The ids under that name in a form or in JSON; ValidationError if another value is among them."""
    values = asked.getlist(name) if hasattr(asked, "getlist") else asked.get(name, [])
    if not isinstance(values, list):
        raise ValidationError(_("%(name)s is a list."), params={"name": name})
    return [_id(value) for value in values if value not in (None, "")]


def uuid_in(asked, name):
    """The UUID under that name, or None if it is empty."""
    text = asked.get(name)
    try:
        return uuid.UUID(text) if text else None
    except (ValueError, TypeError, AttributeError) as error:
        raise ValidationError(_("%(name)s is a UUID."), params={"name": name}) from error


def moment_in(asked, name):
    """The moment under that name (ISO 8601), in UTC; None if empty. Without an offset it is in the user's time zone."""
    text = asked.get(name)
    if not text:
        return None
    try:
        moment = parse_datetime(str(text))
    except ValueError:
        moment = None
    if not isinstance(moment, datetime):
        raise ValidationError(_("This is not a time."))
    try:
        moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        return moment.astimezone(UTC)  # OverflowError for the first and last day of the calendar
    except (ValueError, OverflowError) as error:
        raise ValidationError(_("This is not a time.")) from error


def whole_number(text):
    """The number in a text, as from a query string; None if it is none that could be an id."""
    return int(text) if text and text.isdecimal() and len(text) <= LONGEST_ID else None


def _id(value):
    number = None if isinstance(value, bool) else whole_number(str(value))
    if number is None:
        raise ValidationError(_("Ids are whole numbers."))
    return number
