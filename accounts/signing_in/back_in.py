"""A sign-in link that the host makes for somebody when single sign-on fails: it works once, within 15 minutes."""

from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..models import User

SALT = "back in"
GOOD_FOR = 15 * 60  # seconds


def make_link(base_url, person):
    token = signing.dumps(_mark(person), salt=SALT)
    return base_url.rstrip("/") + reverse("accounts:back_in", args=[token])


def person_of(token):
    """The person whom this link lets in; None if it is forged, too old, used, or made before their password changed."""
    try:
        mark = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=mark[0], is_active=True).first()
    return person if person and _mark(person) == mark else None


def use_up(person):
    """Whether it was good until now: of two who use it at once, one does."""
    found = User.objects.filter(pk=person.pk, password=person.password, last_login=person.last_login)
    return bool(found.update(last_login=timezone.now()))


def _mark(person):
    last = person.last_login.isoformat() if person.last_login else ""
    return [person.pk, salted_hmac(SALT, f"{last} {person.get_session_auth_hash()}").hexdigest()]
