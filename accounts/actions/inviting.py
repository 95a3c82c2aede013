"""Making invite links, and taking them back."""

import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import InviteLink
from ..models.invite_link import digest_of
from ..names import one_line
from . import noting
from .administrators import require_administrator
from .ending import invite_link, take_back

GOOD_FOR = 7  # days
LONGEST = 365  # days
MOST_PEOPLE = 10_000  # for one link with a limit


@transaction.atomic
def make_invite_link(*, by, people=1, note="", days=GOOD_FOR):
    """(link, token) for so many people, or any number if `people` is None. Only the token's digest is stored."""
    require_administrator(by)
    if people is not None and not 1 <= people <= MOST_PEOPLE:
        raise ValidationError(
            _("A link is for 1 to %(most)d people, or for any number."), params={"most": MOST_PEOPLE}
        )
    if not 1 <= days <= LONGEST:
        raise ValidationError(_("A link is good for 1 to %(most)d days."), params={"most": LONGEST})
    token = secrets.token_urlsafe(24)
    link = InviteLink.objects.create(
        digest=digest_of(token),
        note=one_line(note)[:80],
        people=people,
        made_by=by,
        good_until=timezone.now() + timedelta(days=days),
    )
    noting.note("invite_link.made", by=by, on=invite_link(link), people=people, days=days)
    return link, token


@transaction.atomic
def take_back_invite_link(*, by, link_id):
    """End a link, so that nobody can join by it; InviteLink.DoesNotExist if none with this id is valid."""
    require_administrator(by)
    link = InviteLink.objects.standing().select_for_update(no_key=True).filter(pk=link_id).first()
    if link is None:
        raise InviteLink.DoesNotExist(_("There is no such link."))
    take_back(link, by)
