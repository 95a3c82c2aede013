"""Signing in by single sign-on, and linking an account with it."""

from allauth.socialaccount.models import SocialAccount
from allauth.utils import generate_unique_username
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from .. import letters
from ..addresses import is_banned, is_claimed_by, owner_of, prove
from ..models import User
from ..names import one_line
from .noting import note
from .noting import person as noted

UNVERIFIED = _(
    "{name} does not say that it verified your e-mail address, so nobody knows whose account is yours."
)
ELSEWHERE = _("People with your e-mail address do not come in here by {name}.")
UNKNOWN = _("Nobody here has your e-mail address. Ask whoever looks after this workspace to invite you.")


class PasswordFirst(Exception):
    """There is an account with this address. It is linked once its person signs in by password.

    With `may_be_new`, nobody has proved that the address is theirs: the visitor may say that it is not their account.
    """

    def __init__(self, may_be_new=False):
        super().__init__()
        self.may_be_new = may_be_new


@transaction.atomic
def come_by_sign_on(*, uid, address, user_name="", name="", is_new=False):
    """The person whom the issuer calls `uid`: linked already, linked now, or a new account.

    `address` is the e-mail address that the issuer verified, or "". With `is_new`, the visitor said that an account
    with this unproved address is not theirs. Raises PasswordFirst, or ValidationError in words for the visitor.
    """
    link = links().filter(uid=uid).select_related("user").first()
    _check_may_come_in(address, is_linked=link is not None)
    if link:
        return link.user
    owner = owner_of(address)
    if owner and settings.OIDC.links_at_once:
        return _link(owner, uid, address)
    if owner:
        raise PasswordFirst
    may_be_new = settings.OIDC.takes_newcomers and not is_banned(address)
    if not (may_be_new and is_new) and User.objects.filter(email__iexact=address, is_active=True).exists():
        # The address of that account is not proved: the issuer and the password prove it together.
        raise PasswordFirst(may_be_new)
    if may_be_new:
        return _make_newcomer(uid, address, user_name, name)
    raise ValidationError(UNKNOWN)


@transaction.atomic
def link_with_sign_on(*, by, uid, address):
    """Link the account of somebody who just gave its password, if the address is theirs. Returns whether it did."""
    if not is_claimed_by(by, address) or links().filter(uid=uid).exists():
        return False
    _link(by, uid, address)
    return True


@transaction.atomic
def unlink_from_sign_on(*, by):
    if not by.has_usable_password():
        raise ValidationError(_("Choose a password first: without one you could not sign in any more."))
    if links().filter(user=by).delete()[0]:
        note("sign_on.unlinked", by=by, on=noted(by))


def links():
    """The links with the present issuer: another one may give the same ids to other people."""
    return SocialAccount.objects.filter(provider=settings.OIDC.issuer)


def _check_may_come_in(address, *, is_linked):
    """ValidationError if this address may not sign in. Linked people need no address, unless OIDC_DOMAINS is set."""
    if not address and (settings.OIDC.domains or not is_linked):
        raise ValidationError(UNVERIFIED.format(name=settings.OIDC.name))
    if not settings.OIDC.lets_in(address):
        raise ValidationError(ELSEWHERE.format(name=settings.OIDC.name))


def _link(person, uid, address):
    """Link an account with one identity of the issuer, in place of the identity it was linked with before."""
    links().filter(user=person).exclude(uid=uid).delete()
    prove(person, address)
    SocialAccount.objects.get_or_create(provider=settings.OIDC.issuer, uid=uid, defaults={"user": person})
    letters.tell(person, letters.LINKED)
    note("sign_on.linked", by=person, on=noted(person))
    return person


def _make_newcomer(uid, address, user_name, name):
    person = User(
        username=generate_unique_username([user_name, address, "user"]),
        display_name=one_line(name)[:80],
        email=address,
    )
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            prove(person, address)
            SocialAccount.objects.create(provider=settings.OIDC.issuer, uid=uid, user=person)
    except (
        IntegrityError
    ) as error:  # somebody of that name, or they themselves in another tab, came meanwhile
        raise ValidationError(_("That did not work out. Please try again.")) from error
    note("sign_on.came", by=person, on=noted(person))
    return person
