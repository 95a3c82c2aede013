"""Where the data is: by DATABASE_URL, or by the path of a file for SQLite."""

from urllib.parse import quote

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

HOW_TO_WRITE_IT = (
    "Write it as postgres://user:password@host:5432/name, or sqlite:////folder/file. "
    "In a name or password / ? # [ ] and % are written %2F %3F %23 %5B %5D and %25."
)


def sqlite_at(path):
    """The address of a file, whatever signs its folders have in their names."""
    return f"sqlite:///{quote(str(path))}"


def kept_at(url):
    """A DATABASES entry; ImproperlyConfigured says what is wrong with the address, and nothing of what it holds."""
    try:
        return dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
    except dj_database_url.UnknownSchemeError:
        reason = (
            f"{url.partition('://')[0]}:// is no kind of database" if "://" in url else "it is no address"
        )
    except ValueError:
        reason = "it is no address"
    raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {reason}. {HOW_TO_WRITE_IT}")
