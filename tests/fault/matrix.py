"""The fault matrix: what may break, which promises must hold meanwhile, and the figure that passes.

G1 durable, G2 once, G3 one order, G4 complete, G5 honest, G6 private, G7 bounded (docs/reliability.md).
"""

from typing import NamedTuple


class Fault(NamedTuple):
    number: int
    what: str
    promises: str
    passes: str
    twin: str  # what is off in its twin, or how its test can fail

    @property
    def name(self):
        return f"F{self.number:02}"


NO_POLL, NO_PROBE, NO_HINT = "no poll", "no probe", "no hints"
NO_NAME = "no client_id"
NO_SINCE = "coming back without since"
NO_BEAT = "no heartbeat"

FAULTS = [
    Fault(1, "Redis was never started", "G1-G5", "shown p99 ≤ 1 s", NO_POLL),
    Fault(2, "Redis starts long after the app", "G4 G5", "live ≤ 3 s after its start", NO_PROBE),
    Fault(3, "Parts start in any order", "G4", "ready ≤ 10 s in every order", "a part never starts"),
    Fault(4, "Redis is killed again and again", "G1-G4", "0 lost, shown ≤ 3 s", NO_POLL),
    Fault(5, "Redis is restarted in peace every few seconds", "G1-G4", "0 lost, shown ≤ 3 s", NO_POLL),
    Fault(6, "Redis forgets everything", "G1-G4", "0 lost, p99 ≤ 1 s, nobody signed out", NO_POLL),
    Fault(7, "Redis drops its subscribers", "G1-G4", "0 lost, shown ≤ 1.5 s", NO_POLL),
    Fault(8, "Redis freezes", "G1-G4", "0 lost, shown ≤ 3 s, acknowledged p99 ≤ 0.3 s", NO_POLL),
    Fault(9, "The link to Redis is a black hole", "G1-G4", "as F08", NO_POLL),
    Fault(10, "Redis is up, but hears no publishes", "G4 G5", "degraded ≤ 3 s, 0 lost", NO_PROBE),
    Fault(11, "Redis is full, takes nobody in, or changed its password", "G1-G4", "0 lost", NO_POLL),
    Fault(12, "Web processes are killed", "G1-G4", "0 lost, back p95 ≤ 5 s", NO_SINCE),
    Fault(13, "Death between COMMIT and acknowledgement", "G1 G2", "one row each, acknowledged", NO_NAME),
    Fault(14, "Death between insert and COMMIT", "G1-G3", "one row each, no hole", "no outbox"),
    Fault(15, "A web process freezes", "G4", "clients move ≤ 40 s, 0 lost", NO_BEAT),
    Fault(16, "All web processes are restarted in turn", "G1-G5", "0 lost, 100 % saw 1012", "no farewell"),
    Fault(
        17,
        "Everybody is dropped at once",
        "G4 G7",
        "synced ≤ 15 s, ≤ 3 queries a return, no refusal; who stayed waits ≤ 10 times as long",
        "the past is read for each; all are let in at once",
    ),
    Fault(
        18, "PostgreSQL restarts at once", "G1-G4", "0 lost, 0 doubled, healed ≤ 5 s", "asynchronous commit"
    ),
    Fault(19, "PostgreSQL is killed", "G1-G3", "0 acknowledged lost", "asynchronous commit"),
    Fault(20, "PostgreSQL freezes", "G1 G5", "no false acknowledgement, lines stay, healed ≤ 5 s", NO_NAME),
    Fault(21, "The link to PostgreSQL is a black hole", "G1-G5", "unavailable ≤ 6 s, 0 lost", NO_NAME),
    Fault(22, "PostgreSQL ends every connection", "G1-G4", "0 lost", "broken connections are kept"),
    Fault(
        23,
        "A transaction stays open",
        "G4",
        "shown p99 ≤ 1 s",
        "the poll waits for the oldest transaction",
    ),
    Fault(
        24,
        "Somebody holds a conversation's row",
        "G4 G5",
        "told ≤ 2.5 s, others p99 ≤ 1 s",
        "no lock timeout",
    ),
    Fault(25, "Writers race to commit", "G3 G4", "0 missing", "no row lock"),
    Fault(26, "A backup is restored under people's eyes", "G4", "100 % told to load anew", "the epoch stays"),
    Fault(27, "The database's disk is full", "G1 G5", "no false acknowledgement, heals", NO_NAME),
    Fault(28, "Readers who do not read", "G4 G7", "4510 ≤ 30 s, ≤ +40 MB, others p99 ≤ 1 s", "no limit"),
    Fault(29, "Senders who flood", "G7", "closed, ≤ +40 MB, others p99 ≤ 1 s", "no limits"),
    Fault(30, "A link that loses one way", "G1-G4", "noticed ≤ 40 s, 0 lost", NO_BEAT),
    Fault(31, "A link cut at every byte of an exchange", "G1 G2", "one row at every offset", NO_NAME),
    Fault(32, "A link that slices, delays and resets", "G1-G4", "0 lost", NO_NAME),
    Fault(33, "The kernel resets connections", "G4", "back ≤ 5 s", NO_SINCE),
    Fault(34, "5 % of packets are lost", "G4", "0 lost", NO_SINCE),
    Fault(
        35,
        "A process's clock is wrong, and jumps",
        "G3 G4",
        "0 lost, one order, nobody signed out",
        "the app's clock judges sessions",
    ),
    Fault(36, "A browser offline, a computer asleep", "G4 G5", "caught up ≤ 5 s, sent once", "no outbox"),
    Fault(37, "A tab in the background", "G4", "caught up ≤ 3 s after it shows", "its line stays cut"),
    Fault(38, "A tab crashes with unsent messages", "G1 G2", "sent once after reopening", "no outbox"),
    Fault(39, "Two tabs and one outbox", "G2", "one row each", NO_NAME),
    Fault(
        40, "The worker is killed, its queue forgotten", "G1 G2", "each notification once, ≤ 90 s", "no sweep"
    ),
    Fault(41, "A member is removed while people talk", "G6", "0 heard after it", "access is not asked again"),
    Fault(
        42, "Signed out, password changed, deactivated", "G6", "closed ≤ 5 s", "sessions are not looked at"
    ),
    Fault(43, "Processes of two versions", "G4", "0 lines lost", "news must be understood"),
    Fault(44, "Descriptors run out", "G4 G7", "503, recovers, no leak", "no reserve"),
    Fault(45, "A line older than its server allows", "G4", "still receives", NO_SINCE),
    Fault(46, "Half of the hints are lost, the probe is well", "G4", "shown p99 ≤ 1.3 s", NO_POLL),
    Fault(
        47, "A server that counts wrong", "G5", "≤ 3 resyncs, then an honest error", "the server counts right"
    ),
    Fault(48, "A random schedule of faults", "G1-G5", "0 lost, 0 doubled, 0 reordered", NO_POLL),
    Fault(
        49,
        "Hours of coming and going",
        "G7",
        "< 1 MB/h, descriptors flat, 0 lost",
        "what closes is kept; lines are kept open",
    ),
    Fault(
        50, "The simplest client through F04, F08, F16", "G4", "valid frames, equal after a reload", NO_POLL
    ),
]
