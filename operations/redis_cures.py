"""What to do when Redis refuses something, by its own words."""

CURES = (
    (
        ("without any password", "no password is set"),
        "It knows no password: leave it out of REDIS_URL, or give it that one (requirepass in its configuration).",
    ),
    (
        ("NOAUTH", "WRONGPASS", "AUTH", "invalid password"),
        "Put the right password into REDIS_URL: redis://:password@host:6379.",
    ),
    (("NOPERM",), "Its user may not do all that is needed: give it +@all, ~* and &* (ACL SETUSER)."),
    (
        ("READONLY",),
        "It repeats another one: lead REDIS_URL to that primary, or make this one it (redis-cli replicaof no one).",
    ),
    (("OOM",), "Its memory is used up: raise maxmemory in its configuration, or see who else fills it."),
    (
        ("MISCONF",),
        "It cannot write its file: free some space on its disk, or let it keep nothing (redis-cli config set save '').",
    ),
    (
        ("maxclients", "max number of clients"),
        "It has too many connections: close some, or raise maxclients in its configuration.",
    ),
    (("LOADING",), "It still reads its data: wait a moment."),
    (("",), "See its own log; then start it again."),
)


def cure_of(refusal):
    return next(cure for signs, cure in CURES if any(sign in refusal for sign in signs))
