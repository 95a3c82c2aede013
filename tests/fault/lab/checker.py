"""The checker judges an experiment by the diary and the shelf, in the manner of Jepsen's set-full and total-queue.

Lost: acknowledged and not kept. Doubled: said once, kept or shown twice. Holes: the numbers of a conversation are not
1, 2, 3 ... Reordered: shown in another order than kept. Unseen: kept, and not shown, or not as it is now, to somebody
who was there and stayed. Invented: shown, and not kept. Overheard: shown to somebody after they were put out. Turned
away: sent away for good, and not because they were put out. Refused: not taken at all.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

NEW = {"chat_message", "new_comment"}
FAULTS = [
    "lost",
    "doubled",
    "holes",
    "reordered",
    "unseen",
    "invented",
    "overheard",
    "turned_away",
    "refused",
]


@dataclass
class Verdict:
    lost: list = field(default_factory=list)
    doubled: list = field(default_factory=list)
    holes: list = field(default_factory=list)
    reordered: list = field(default_factory=list)
    unseen: list = field(default_factory=list)
    invented: list = field(default_factory=list)
    overheard: list = field(default_factory=list)
    turned_away: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    said: int = 0
    delays: list = field(default_factory=list)  # seconds from the acknowledgement to each other bot's screen
    answers: list = field(default_factory=list)  # seconds from the first sending to the acknowledgement

    @property
    def faults(self):
        return {name: getattr(self, name) for name in FAULTS if getattr(self, name)}

    @property
    def slowest(self):
        return max(self.delays, default=0.0)

    def __str__(self):
        counts = ", ".join(f"{len(found)} {name}" for name, found in self.faults.items()) or "no fault"
        shown = (
            f"p50 {share(self.delays, 0.5):.3f}, p99 {share(self.delays, 0.99):.3f}, max {self.slowest:.3f} s"
        )
        return f"{self.said} said, {counts}; shown after {shown}; acknowledged p99 {share(self.answers, 0.99):.3f} s"


def share(values, part):
    """The value below which this part of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


def judge(entries, shelves):
    """`shelves` is {path of the line: (rows kept, all seqs)}, of every conversation the entries speak of."""
    verdict = Verdict()
    for path, (rows, seqs) in shelves.items():
        here = [entry for entry in entries if entry.get("path") == path]
        said = [entry for entry in here if entry["what"] == "said"]
        mine = {entry["client_id"] for entry in said}
        answered = [entry for entry in entries if entry.get("client_id") in mine]
        _judge_kept(verdict, said, answered, rows, seqs)
        _judge_shown(verdict, entries, here, rows)
        _measure(verdict, said, answered, here)
    return verdict


def _judge_kept(verdict, said, answered, rows, seqs):
    verdict.said += len(said)
    kept_texts = Counter(row["text"] for row in rows)
    text_of = {entry["client_id"]: entry["text"] for entry in said}
    acked = {entry["client_id"] for entry in answered if entry["what"] == "acked"}
    verdict.lost += [client_id for client_id in acked if not kept_texts[text_of[client_id]]]
    verdict.refused += [entry["detail"] for entry in answered if entry["what"] == "refused"]
    verdict.doubled += [f"{text} kept {count} times" for text, count in kept_texts.items() if count > 1]
    if seqs != list(range(1, len(seqs) + 1)):
        verdict.holes.append(seqs)


def _judge_shown(verdict, entries, here, rows):
    texts = {row["text"] for row in rows}
    of, here_of = _by_who(entries), _by_who(here)
    put_out = {entry["whom"]: entry["after_revision"] for entry in entries if entry["what"] == "put out"}
    for who in {entry["who"] for entry in here if entry["what"] in ("heard", "starts")}:
        all_shown = [entry for entry in here_of[who] if entry["what"] == "heard"]
        shown = [entry for entry in all_shown if entry["type"] in NEW]
        seqs = [entry["seq"] for entry in shown]
        own = of[who]
        verdict.doubled += [f"{who} was shown {seq} {n} times" for seq, n in Counter(seqs).items() if n > 1]
        verdict.reordered += [f"{who} {a} before {b}" for a, b in _falls(_in_order(shown, rows))]
        verdict.reordered += [
            f"{who} revision {a} before {b}" for a, b in _falls(e["revision"] for e in all_shown)
        ]
        said = [entry["text"] for entry in shown if entry.get("kind") != "system"]
        verdict.invented += [f"{who} {text}" for text in said if text not in texts]
        start = next((entry["seq"] for entry in own if entry["what"] == "starts"), None)
        if start is not None and not any(entry["what"] in ("sent away", "left") for entry in own):
            verdict.unseen += [
                f"{who} {one}" for one in _unseen(all_shown, [r for r in rows if r["seq"] > start])
            ]
        out = put_out.get(who, inf)
        verdict.overheard += [f"{who} {e['seq']} {e['type']}" for e in all_shown if e["revision"] > out]
        if who not in put_out:
            verdict.turned_away += [f"{who} {entry['code']}" for entry in own if entry["what"] == "sent away"]


def _falls(numbers):
    return [(a, b) for a, b in pairwise(numbers) if a > b]


def _in_order(shown, rows):
    """The places of messages that came as they were born: one that was changed meanwhile comes by its revision."""
    born = {row["message_id"]: row["born"] for row in rows}
    return [
        entry["seq"]
        for entry in shown
        if entry["revision"] == born.get(entry["message_id"], entry["revision"])
    ]


def _unseen(shown, rows):
    """What of these rows was not shown, and what only as it was before its latest change."""
    seen = {}
    for entry in shown:
        id = entry["message_id"]
        seen[id] = max(seen.get(id, 0), entry["revision"])
    for row in rows:
        if row["message_id"] not in seen:
            yield row["seq"]
        elif seen[row["message_id"]] < row["revision"]:
            yield f"{row['seq']} as of revision {row['revision']}"


def _by_who(entries):
    by_who = defaultdict(list)
    for entry in entries:
        by_who[entry["who"]].append(entry)
    return by_who


def _measure(verdict, said, answered, here):
    acked_at, sent_at, author = {}, {}, {}
    text_of = {entry["client_id"]: entry["text"] for entry in said}
    for entry in said:
        author[entry["text"]] = entry["who"]
    for entry in answered:
        times = {"acked": acked_at, "sent": sent_at}.get(entry["what"])
        if times is not None:
            times.setdefault(text_of[entry["client_id"]], entry["at"])
    verdict.answers += [acked_at[text] - sent_at[text] for text in acked_at if text in sent_at]
    for entry in here:
        text = entry.get("text")
        if entry["what"] == "heard" and text in acked_at and entry["who"] != author[text]:
            verdict.delays.append(max(0.0, entry["at"] - acked_at[text]))
