"""By which e-mail address others find a person, and write to them: never by one that anybody could have typed in."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower


def with_address(people):
    """Of these people those whose address came with their account, or is confirmed."""
    claims = EmailAddress.objects.filter(primary=True, verified=False)
    claimed = claims.filter(user=OuterRef("pk"), email=Lower(OuterRef("email")))
    return people.filter(~Exists(claimed)).exclude(email="")


def is_confirmed(user, address):
    return EmailAddress.objects.filter(user=user, email=address.lower(), verified=True).exists()


def is_banned(address):
    """Whether it is that of somebody who is banned; one that they only typed in is not theirs."""
    confirmed = Q(emailaddress__email=address.lower(), emailaddress__verified=True)
    theirs = get_user_model().objects.filter(Q(email__iexact=address) | confirmed, is_banned=True)
    return bool(address) and theirs.exists()


def is_known_by(person, address):
    """Whether others find this person by it, or they confirmed it."""
    known = with_address(type(person).objects.filter(pk=person.pk, email__iexact=address))
    return is_confirmed(person, address) or known.exists()


def keeps_a_known_one(gone):
    """Whether nobody will know its person by an unconfirmed one: allauth puts any of theirs in its place."""
    others = EmailAddress.objects.filter(user=gone.user).exclude(pk=gone.pk)
    is_known = gone.user.email.lower() == gone.email
    return not is_known or not others.exists() or others.filter(verified=True).exists()
