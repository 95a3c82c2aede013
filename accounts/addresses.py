"""E-mail addresses of people. Others find and write to a person only by an address that is proved to be theirs.

An address is proved by opening a link that was sent to it, or by somebody whom the host trusts.
"""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

PROVED = EmailAddress.objects.filter(verified=True)


def with_address(people):
    """Those of these people, a query, whose primary address is proved."""
    return people.filter(Exists(PROVED.filter(user=OuterRef("pk"), email=Lower(OuterRef("email")))))


def owner_of(address):
    """The person who proved this address, primary or not; None if nobody did."""
    proof = PROVED.filter(email=address.lower()).select_related("user").first()
    return proof.user if proof else None


def is_claimed_by(person, address):
    """Whether this person proved the address, or has it as primary address while nobody else proved it."""
    owner = owner_of(address)
    return owner == person if owner else bool(address) and person.email.lower() == address.lower()


def is_claimed(address):
    """Whether anybody has this address, proved or not."""
    said = Q(email__iexact=address) | Q(emailaddress__email=address.lower())
    return bool(address) and get_user_model().objects.filter(said).exists()


def prove(person, address):
    """Note that this address is proved to be theirs. If somebody else proved it before, it stays with them."""
    if owner_of(address) is None:
        has_primary = EmailAddress.objects.filter(user=person, primary=True).exclude(email=address.lower())
        how = {"verified": True, "primary": not has_primary.exists()}
        EmailAddress.objects.update_or_create(user=person, email=address.lower(), defaults=how)


def is_banned(address):
    """Whether a banned person has this address: as their primary one, proved or not, or as another one they proved."""
    proved = Q(emailaddress__email=address.lower(), emailaddress__verified=True)
    theirs = get_user_model().objects.filter(Q(email__iexact=address) | proved, is_banned=True)
    return bool(address) and theirs.exists()
