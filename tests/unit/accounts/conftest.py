"""What tests of people share: Ada, who looks after them, and Udo."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from accounts.addresses import prove

from .test_people import PASSWORD


def made(name, **how):
    """Somebody who proved that their address is theirs."""
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
