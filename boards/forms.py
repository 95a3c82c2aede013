"""Fields of forms, and of JSON, as the arguments that actions take."""

import json
from uuid import UUID

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.addresses import with_address
from accounts.forms import InviteForm
from live.ids import LONGEST_ID

from .models import BoardMembership

WORDS = ("title", "description", "due")  # the fields that are written on a card


class BoardInviteForm(InviteForm):
    """The arguments `role`, `people` and `note` of actions.invite_to_board; `roles` are the choices.

    `begun` is what the form begins with, {field: text}, until it is sent; a role that may not be given is no beginning.
    """

    field_order = ["role"]  # before the others
    role = forms.ChoiceField(label=_("As"))

    def __init__(self, said, roles, begun):
        known = begun.get("role") in dict(roles)
        super().__init__(said, initial=begun if known else {**begun, "role": BoardMembership.Role.MEMBER})
        self.fields["role"].choices = roles


def said_by(request):
    """The fields of a form or of a JSON object, {name: text}; ValidationError for other JSON."""
    if request.content_type != "application/json":
        return request.POST
    try:
        said = json.loads(request.body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise ValidationError(_("That is not what is asked for here."))
    return {name: str(value) for name, value in said.items() if value is not None}


def number(said, name):
    """The id in that field; None if it is empty, or not a number that could be an id."""
    value = said.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) <= LONGEST_ID else None


def limit(said):
    """The column's limit in cards; None for an empty field, 0 (which is refused) for anything but a number."""
    return (number(said, "limit") or 0) if said["limit"].strip() else None


def client_id(said):
    """The UUID that a browser gave what it makes, so that a retry makes no second one; None without one."""
    try:
        return UUID(said["client_id"]) if said.get("client_id") else None
    except ValueError:
        raise ValidationError(_("A client_id is a UUID.")) from None


def ticked(said, name):
    """The ids ticked under that name."""
    ids = {number({name: value}, name) for value in said.getlist(name)}
    if None in ids:
        raise ValidationError(_("That cannot be chosen here."))
    return ids


def ticked_before(said, name):
    """The `seen` of edit_task: {name: the ids ticked when the page was made}, or {} if the form has no `was`."""
    if "was" not in said:
        return {}
    return {name: {number({"was": value}, "was") for value in said["was"].split()}}


def written(said, prefix=""):
    """Title, description and due date, as far as the form has them; with the prefix `was_`, as they were before."""
    given = {field: said[prefix + field] for field in WORDS if prefix + field in said}
    if "due" in given:
        given["due"] = forms.DateField(required=False).clean(given["due"])
    return given


def person_named(said):
    """The id of the person whose user name or e-mail address is in the field `person`; None for nobody.

    None for two people as well: a user name may look like somebody else's address.
    """
    name = said.get("person", "").strip().removeprefix("@")
    people = get_user_model().objects.people()
    by_address = with_address(people).filter(email__iexact=name)
    found = people.filter(Q(username__iexact=name) | Q(pk__in=by_address.values("pk")))[:2]
    return found[0].pk if len(found) == 1 else None
