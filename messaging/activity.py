"""What was done on a board, as a room tells it: one sentence, and behind it the list with the cards.

A deed is {what, user_id, name, task_id, title, to}, as it stands in the `event` of the message.
"""

from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

MOST_LISTED = 40  # deeds in one line; the earlier ones are only counted
MOST_PEOPLE = 3  # named in the sentence
MOST_WORDS = 60  # characters of a title in the sentence

# what: (how one card is told, how several are), after the name of who did it
DID = {
    "added": (_("added {card}"), _("added {count} cards")),
    "moved": (_("moved {card} to {to}"), _("moved {count} cards")),
    "finished": (_("finished {card}"), _("finished {count} cards")),
    "given": (_("gave {card} to {to}"), _("gave out {count} cards")),
    "taken": (_("took on {card}"), _("took on {count} cards")),
    "archived": (_("archived {card}"), _("archived {count} cards")),
    "restored": (_("put back {card}"), _("put back {count} cards")),
}


def deed_of(activity):
    """`activity` is found with its `by`."""
    return {
        "what": activity.what,
        "user_id": activity.by_id,
        "name": activity.by.name,
        "task_id": activity.task_id,
        "title": activity.title,
        "to": activity.to,
    }


def told(before, deeds):
    """The event that `before`, an earlier one or None, becomes with these deeds.

    Who moves a card twice has moved it once, to where it is now.
    """
    kept = {_which(deed): deed for deed in (before or {}).get("deeds", ())}
    for deed in deeds:
        kept.pop(_which(deed), None)
        kept[_which(deed)] = deed
    listed = list(kept.values())
    left_out = len(listed) - MOST_LISTED
    earlier = (before or {}).get("earlier", 0) + max(0, left_out)
    return {"what": "activity", "deeds": listed[-MOST_LISTED:], "earlier": earlier}


def sentence(event):
    """Ada moved 3 cards, Bob finished Fix the wing."""
    people = {}
    for deed in event["deeds"]:
        people.setdefault((deed["user_id"], deed["name"]), {}).setdefault(deed["what"], []).append(deed)
    clauses = [_did(name, _and(map(_clause, theirs.values()))) for (_id, name), theirs in people.items()]
    named, others = clauses[:MOST_PEOPLE], len(clauses) - MOST_PEOPLE
    if others > 0:
        named.append(
            ngettext("{count} more person did something", "{count} more people did something", others).format(
                count=others
            )
        )
    if event["earlier"]:
        named.append(_earlier(event))
    return f"{', '.join(named)}."


def html(event):
    """The sentence, which opens to the list. A page read aloud does not begin anew with every change."""
    items = format_html_join("", "<li>{}</li>", ([_line(deed)] for deed in event["deeds"]))
    if event["earlier"]:
        items = format_html("<li>{}</li>{}", _earlier(event).capitalize(), items)
    return format_html(
        '<details class="activity" aria-live="off"><summary>{}</summary><ul>{}</ul></details>',
        sentence(event),
        items,
    )


def _which(deed):
    to = deed["to"] if deed["what"] == "given" else ""
    return deed["user_id"], deed["what"], deed["task_id"], to


def _clause(deeds):
    one, several = DID[deeds[0]["what"]]
    count = len({deed["task_id"] for deed in deeds})
    if count > 1:
        return several.format(count=count)
    card = Truncator(deeds[-1]["title"]).chars(MOST_WORDS)
    return one.format(card=card, to=_and(deed["to"] for deed in deeds))


def _line(deed):
    link = format_html('<a href="/boards/task/{}/">{}</a>', deed["task_id"], deed["title"])
    did = format_html(DID[deed["what"]][0], card=link, to=deed["to"])
    return format_html(gettext("{who} {did}"), who=deed["name"], did=did)


def _did(name, words):
    return gettext("{who} {did}").format(who=name, did=words)


def _earlier(event):
    count = event["earlier"]
    return ngettext("{count} earlier change", "{count} earlier changes", count).format(count=count)


def _and(words):
    *first, last = words
    return gettext("{first} and {last}").format(first=", ".join(first), last=last) if first else last
