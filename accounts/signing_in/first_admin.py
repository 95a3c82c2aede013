"""The first administrator's link: it works for a day, and only while there is no administrator."""

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import transaction
from django.urls import reverse

SALT = "first-administrator"
GOOD_FOR = 24 * 3600  # seconds


def make_link(base_url):
    """An address such as http://localhost:8000/accounts/first/..., for whoever starts the server."""
    token = signing.dumps("first", salt=SALT)
    return base_url.rstrip("/") + reverse("accounts:first", args=[token])


@transaction.atomic
def save_first(form):
    """The administrator; of two who come at once, the second finds the first, and is None.

    A row that is always there is locked, for theirs are not yet.
    """
    ContentType.objects.select_for_update().filter(app_label="accounts", model="user").first()
    return form.save() if is_wanted() else None


def is_good(token):
    try:
        signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return False
    return is_wanted()


def is_wanted():
    return not get_user_model().objects.filter(is_superuser=True).exists()
