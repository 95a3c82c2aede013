"""What tests of accounts share: Ada, an administrator, and Udo, who is none."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from accounts.addresses import prove

from .test_people import PASSWORD


def made(name, **how):
    """A new user with a password and a proved address."""
    address = f"{name}@example.org"
    user = get_user_model().objects.create_user(name, address, PASSWORD, **how)
    prove(user, address)
    return user


def now(person):
    return get_user_model().objects.get(pk=person.pk)


@pytest.fixture
def ada(db):
    return made("ada", display_name="Ada Lovelace", is_superuser=True, is_staff=True)


@pytest.fixture
def udo(ada):
    return made("udo")


@pytest.fixture
def admin(ada):
    client = Client()
    client.force_login(ada)
    return client
