"""What tests of people share."""

import pytest


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """The tests sign in a hundred times; what they try out is not the hashing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
