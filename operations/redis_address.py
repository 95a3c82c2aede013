"""Where Redis is, as REDIS_URL says it: one server, or the Sentinels who know which of several is the primary now.

Of the standard library alone: the launcher and the diagnostic read addresses before anything else is there.
"""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

HOW_TO_WRITE_IT = (
    "Write it as redis://:password@host:6379, or of Sentinels as "
    "redis+sentinel://:password@host:26379,host:26379/name-of-the-primary."
)
ONE_SERVER, WATCHED = ("redis", "rediss", "unix"), "redis+sentinel"


def place_of(url):
    """An Address, or the Sentinels who know one; ValueError says what is wrong, and nothing of a password."""
    scheme = url.partition("://")[0]
    if "cluster" in scheme:
        raise ValueError("a Redis Cluster does not serve here; one server does, or several and Sentinels")
    return Sentinels.parse(url) if "sentinel" in scheme else Address.parse(url)


@dataclass(frozen=True)
class Address:
    """Where a Redis is: redis://[user:password@]host:port/db, rediss:// or unix:///path.

    `authorities` is the file of those whose certificates are believed over TLS, or None for the machine's own.
    """

    scheme: str
    host: str
    port: int
    path: str = ""
    database: int = 0
    username: str = ""
    password: str = ""
    authorities: str | None = None

    @classmethod
    def parse(cls, url):
        parts = urlsplit(url)
        if parts.scheme not in ONE_SERVER:
            raise ValueError(f"{parts.scheme or 'no scheme'}:// is none of {', '.join(_known())}")
        if "," in parts.netloc.rpartition("@")[2]:
            raise ValueError(f"several hosts are Sentinels, and those begin with {WATCHED}://")
        is_file = parts.scheme == "unix"
        return cls(
            scheme=parts.scheme,
            host=parts.hostname or "127.0.0.1",
            port=_port(parts, 6379),
            path=parts.path if is_file else "",
            database=0 if is_file else _database(parts.path.strip("/")),
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            authorities=parse_qs(parts.query).get("ssl_ca_certs", [None])[-1],
        )

    def __str__(self):
        """The address as it may be shown: without name and password."""
        if self.scheme == "unix":
            return f"unix://{self.path}"
        return f"{self.scheme}://{_together(self.host, self.port)}{_shown(self.database)}"


@dataclass(frozen=True)
class Sentinels:
    """redis+sentinel://[user:password@]host:port,host:port/name/db[?sentinel_password=...]

    `name` is what they call the primary. User, password and database are those of Redis; their own password is another.
    """

    places: tuple
    name: str
    database: int = 0
    username: str = ""
    password: str = ""
    own_password: str = ""

    @classmethod
    def parse(cls, url):
        scheme, _, rest = url.partition("://")
        if scheme != WATCHED:
            raise ValueError(f"{scheme}:// is none of {', '.join(_known())}")
        rest, _, query = rest.partition("?")
        authority, _, path = rest.partition("/")
        login, _, hosts = authority.rpartition("@")
        username, _, password = login.partition(":")
        name, _, database = path.strip("/").partition("/")
        return cls(
            places=_places(hosts),
            name=_name(name),
            database=_database(database),
            username=unquote(username),
            password=unquote(password),
            own_password=_own_password(query),
        )

    @property
    def each(self):
        """The address of each of them."""
        return [Address("redis", host, port, password=self.own_password) for host, port in self.places]

    def primary_at(self, host, port):
        """The Address of the server that they name."""
        return Address("redis", host, int(port), "", self.database, self.username, self.password)

    def __str__(self):
        """The address as it may be shown: without name and password."""
        return f"{WATCHED}://{','.join(self.written)}/{self.name}{_shown(self.database)}"

    @property
    def written(self):
        """host:port of each of them."""
        return [_together(host, port) for host, port in self.places]


def _known():
    return [f"{scheme}://" for scheme in (*ONE_SERVER, WATCHED)]


def _places(hosts):
    places = tuple(_host_and_port(host.strip()) for host in hosts.split(",") if host.strip())
    if not places:
        raise ValueError("no Sentinel is named")
    return places


def _host_and_port(written):
    parts = urlsplit(f"//{written}")
    if not parts.hostname:
        raise ValueError("a Sentinel without a host is named; an IPv6 address is written [::1]:26379")
    return parts.hostname, _port(parts, 26379)


def _port(parts, usual):
    try:
        return parts.port or usual
    except ValueError:  # whose own words could repeat a part of the password
        raise ValueError("a port is no number from 1 to 65535") from None


def _name(written):
    if not written:
        raise ValueError("what the Sentinels call the primary is missing after the last host, such as /chat")
    return unquote(written)


def _database(written):
    if written and not written.isdecimal():
        raise ValueError("the database after the last / is no number")
    return int(written or 0)


def _own_password(query):
    told = parse_qs(query, keep_blank_values=True)
    password = told.pop("sentinel_password", [""])[-1]
    if told:
        raise ValueError(f"{' and '.join(told)} after ? is not understood of Sentinels")
    return password


def _together(host, port):
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _shown(database):
    return f"/{database}" if database else ""
