"""What is measured. Each scenario takes a running product and yields rows: what was done, and the figures of it."""

SECONDS = 5


def fan_out(product):
    """S1: one large room, a few messages under way all the time."""
    for sockets in (100, 1_000, 2_000):
        for flight in (8, 64):
            told = product.driven(sockets=sockets, flight=flight, seconds=SECONDS)
            yield f"S1 {sockets:,} sockets, {flight} in flight", _fan_out(told)


def quiet_room(product):
    """S1: the same room at the pace of talk."""
    told = product.driven(sockets=1_000, rate=20, seconds=2 * SECONDS)
    yield "S1 1,000 sockets, 20 messages/s", _delays(told)


def many_rooms(product):
    """S2: many small rooms."""
    told = product.driven(sockets=2_000, rooms=200, flight=4, seconds=SECONDS)
    yield "S2 200 rooms of 10", _fan_out(told)


def arrivals(product):
    """S3: sockets that are accepted, and what they cost while nothing happens."""
    for sockets in (1_000, 5_000):
        told = product.driven(sockets=sockets, seconds=1, settle=3)
        yield (
            f"S3 {sockets:,} signed-in sockets",
            {
                "accepted/s": told["opened"] / told["opening_s"],
                "KB a socket": told["server_grew"] / told["opened"] / 1024,
                "refused": told["refused"],
            },
        )


def pings(product):
    """S4: pings that are answered."""
    told = product.driven(sockets=200, pings=200, seconds=SECONDS)
    yield "S4 200 sockets, a ping each under way", {"pongs/s": told["pongs"] / told["seconds"]}


def sends(product):
    """S5: messages that are kept and acknowledged."""
    for rooms in (1, 200):
        told = product.driven(sockets=10 * rooms, rooms=rooms, flight=max(2, 64 // rooms), seconds=SECONDS)
        yield (
            f"S5 {rooms} room{'s' * (rooms > 1)} of 10",
            {
                "acknowledged/s": told["acks"] / told["seconds"],
                "p50 ms": told["ack_p50_ms"],
                "p99 ms": told["ack_p99_ms"],
                "errors": told["errors"],
            },
        )


def storm(product):
    """S6: nine in ten of 2,000 sockets come back at once, while the others go on talking."""
    told = product.driven(sockets=2_000, rooms=20, rate=20, storm=1, seconds=SECONDS)
    yield (
        "S6 1,800 of 2,000 come back at once",
        {
            "all level after s": told["storm_s"],
            "others' p99 ms": told["p99_ms"],
            "missing": told["undelivered"],
        },
    )


def _fan_out(told):
    return {
        "deliveries/s": told["deliveries"] / told["seconds"],
        "us CPU a delivery": told["server_cpu"] / max(1, told["deliveries"]) * 1e6,
        **_delays(told),
        "generator busy": told["generator_busy"],
    }


def _delays(told):
    return {"p50 ms": told["p50_ms"], "p99 ms": told["p99_ms"], "missing": told["undelivered"]}


SCENARIOS = {
    "S1": (fan_out, quiet_room),
    "S2": (many_rooms,),
    "S3": (arrivals,),
    "S4": (pings,),
    "S5": (sends,),
    "S6": (storm,),
}
