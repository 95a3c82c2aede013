"""By which e-mail address others find a person, and write to them: by one that is proved to be theirs, and no other."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

PROVED = EmailAddress.objects.filter(
    verified=True
)  # by a link sent there, or the word of whom the host trusts


def with_address(people):
    """Of these people those whose primary address is proved."""
    return people.filter(Exists(PROVED.filter(user=OuterRef("pk"), email=Lower(OuterRef("email")))))


def owner_of(address):
    """Whose it is, be it their primary one or another; None if nobody proved it."""
    proof = PROVED.filter(email=address.lower()).select_related("user").first()
    return proof.user if proof else None


def is_claimed_by(person, address):
    """Whether they proved it, or say that it is theirs and nobody else proved it."""
    owner = owner_of(address)
    return owner == person if owner else bool(address) and person.email.lower() == address.lower()


def is_claimed(address):
    """Whether anybody proved it, or says that it is theirs."""
    said = Q(email__iexact=address) | Q(emailaddress__email=address.lower())
    return bool(address) and get_user_model().objects.filter(said).exists()


def prove(person, address):
    """Somebody whom the host trusts says that it is theirs. It stays whose it is, if that is another."""
    if owner_of(address) is None:
        has_primary = EmailAddress.objects.filter(user=person, primary=True).exclude(email=address.lower())
        how = {"verified": True, "primary": not has_primary.exists()}
        EmailAddress.objects.update_or_create(user=person, email=address.lower(), defaults=how)


def is_banned(address):
    """Whether it is that of somebody who is banned: their primary one, proved or not, or another that they proved."""
    proved = Q(emailaddress__email=address.lower(), emailaddress__verified=True)
    theirs = get_user_model().objects.filter(Q(email__iexact=address) | proved, is_banned=True)
    return bool(address) and theirs.exists()
