"""How the database is opened."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_a_connection_keeps_little_of_the_file():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its own")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        assert cursor.fetchone() == (-256,)  # KiB
