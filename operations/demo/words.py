"""What people of the demo said, in which order, and when."""

# ruff: noqa: E501  what people say is not broken into lines

from dataclasses import dataclass, field

from .drawings import load_chart


@dataclass(frozen=True)
class Said:
    """`when` is "12 09:05" (twelve working days ago, UTC) or "40m" (minutes ago). `reply` and `forwards` are a `name`
    said before; the pin is put up by whom `pinned` names, and `picture` is a file's name and what draws it.
    """

    who: str
    when: str
    text: str
    name: str = ""
    reply: str = ""
    reactions: dict = field(default_factory=dict)
    edited: str = ""
    forwards: str = ""
    pinned: str = ""
    picture: tuple = ()


GENERAL = [
    Said(
        "ada",
        "15 09:02",
        "Good morning! This is our room for the launch. Anything that concerns all of us goes here.",
    ),
    Said(
        "bob",
        "15 09:04",
        "Morning. Nice to have it next to the board for once.",
        reactions={"👋": ["ada", "carol"]},
    ),
    Said(
        "carol",
        "15 09:11",
        "Hello both. I moved everything from the old spreadsheet onto cards; shout if one is missing.",
    ),
    Said(
        "ada",
        "15 09:15",
        "Thank you @carol, that must have been a boring evening.",
        reactions={"❤️": ["carol"]},
    ),
    Said("carol", "15 09:16", "It was. There was tea."),
    Said(
        "ada",
        "14 10:00",
        "What has to be true on launch day, in order:\n\n1. sign-up works without a human\n2. the status page tells the truth"
        "\n3. somebody is awake\n\nEverything else is a *nice to have*.",
        name="order",
        pinned="ada",
        reactions={"👍": ["bob", "carol"]},
    ),
    Said(
        "bob",
        "14 10:06",
        "I would put the status page first, we will need it when the other two are not true.",
        reply="order",
    ),
    Said("ada", "14 10:09", "Fair. Swap them."),
    Said(
        "bob", "13 14:20", "The import of the old accounts takes 41 minutes. I expected four.", name="import"
    ),
    Said("carol", "13 14:22", "Is that the address lookup again?", reply="import"),
    Said(
        "bob",
        "13 14:31",
        "Yes. One query per row:\n\n```python\nfor row in rows:\n    account = Account.objects.get(email=row.email)\n"
        "    account.address = row.address\n    account.save()\n```",
    ),
    Said(
        "ada",
        "13 14:38",
        'Fetch them once and write them in one go:\n\n```python\naccounts = Account.objects.in_bulk(emails, field_name="email")\n'
        "for row in rows:\n    accounts[row.email].address = row.address\nAccount.objects.bulk_update(accounts.values(), "
        '["address"], batch_size=500)\n```',
        name="bulk",
        reactions={"🚀": ["bob"], "👀": ["carol"]},
    ),
    Said(
        "bob",
        "13 15:02",
        "38 seconds. I will pretend I was about to do that.",
        reply="bulk",
        reactions={"😄": ["ada", "carol"]},
    ),
    Said(
        "carol",
        "12 09:30",
        "The press kit is ready for reading: three pages, no adjectives. @ada @bob please look until Thursday.",
        name="press",
    ),
    Said("ada", "12 11:45", "Read it. One adjective on page two, otherwise lovely."),
    Said("carol", "12 11:47", '"Small"? That one is true.'),
    Said(
        "bob",
        "12 16:12",
        "Reads well. The second screenshot still shows the old colours.",
        reactions={"👍": ["carol"]},
    ),
    Said("carol", "11 08:55", "New screenshots are in. Thanks @bob."),
    Said(
        "bob",
        "10 13:05",
        "Load test, first round, on the small machine:\n\n| people | p50 | p99 |\n|---|---|---|\n| 100 | 3 ms | 9 ms |\n"
        "| 500 | 4 ms | 18 ms |\n| 1000 | 6 ms | 41 ms |",
        name="load",
        reactions={"🎉": ["ada", "carol"]},
    ),
    Said("ada", "10 13:09", "Better than I hoped. What happens at 2000?", reply="load"),
    Said("bob", "10 13:10", "My laptop happens at 2000. I will borrow the big one."),
    Said("carol", "9 10:20", "I am at the printer's until noon, reachable here."),
    Said("ada", "9 10:22", "Could you ask them about the thicker paper? The invitations felt like receipts."),
    Said(
        "carol",
        "9 11:58",
        "Asked. Two days longer and 40 more. I said yes.",
        edited="Asked. Two days longer and 38 more. I said yes.",
        name="paper",
    ),
    Said("ada", "9 12:03", "Good decision.", reactions={"🙏": ["carol"]}),
    Said(
        "bob",
        "8 09:14",
        "The certificate of the staging site expires on Friday. I put a card on the board, and it renews itself now.",
    ),
    Said("carol", "8 09:20", '"Renews itself" as in: tried?'),
    Said(
        "bob",
        "8 09:21",
        "As in: tried this morning, with the clock three weeks ahead.",
        reactions={"💯": ["ada", "carol"]},
    ),
    Said(
        "bob",
        "8 17:52",
        "The load test on the big machine, with 2,000 people at last:",
        picture=("load-test.png", load_chart),
        reactions={"🚀": ["ada"], "👏": ["carol", "ada"]},
    ),
    Said(
        "ada",
        "7 15:40",
        'Decision on the name of the plan: **Starter**, not "Basic". Nobody wants to be basic.\n\n> If in doubt, choose the word you '
        "would say aloud.",
    ),
    Said(
        "bob",
        "7 15:44",
        "Then the migration can run tonight. Does anybody mind a read-only quarter of an hour at 22:00?",
    ),
    Said("carol", "7 15:45", "Not at all.", reactions={"👍": ["ada"]}),
    Said("bob", "7 22:19", "Done: 11 minutes, nothing lost, counted twice."),
    Said("ada", "6 08:30", "That was the part I was afraid of. Thank you @bob.", reactions={"❤️": ["bob"]}),
    Said(
        "carol",
        "5 10:02",
        "Three journalists have answered; two want to see it working. I offered them the demo on Wednesday.",
    ),
    Said("ada", "5 10:05", "I can show it. Bob, could you be near, in case of questions about numbers?"),
    Said("bob", "5 10:07", "Near and silent.", reactions={"😄": ["ada"]}),
    Said("carol", "4 17:30", "First of them just left. Her only complaint: it worked."),
    Said("ada", "4 17:33", "I will frame that.", reactions={"😂": ["bob", "carol"]}),
    Said(
        "bob",
        "3 11:11",
        "Rehearsal tomorrow at 10. We pull the plug of the database in the middle: please write while I do.",
    ),
    Said("carol", "2 10:04", "Writing."),
    Said("ada", "2 10:04", "Writing too."),
    Said("carol", "2 10:05", "It says it is reconnecting, and my last line waits."),
    Said("bob", "2 10:06", "Database is back. Anything missing?", name="missing"),
    Said("carol", "2 10:06", "Nothing. It sent itself.", reply="missing", reactions={"🎉": ["ada", "bob"]}),
    Said("ada", "1 09:00", "Last week before the launch. Who needs anything from me?"),
    Said("bob", "1 09:12", "A decision on the rollback: who may press it?"),
    Said(
        "ada", "1 09:13", "You, without asking anybody. Tell us *after*.", reactions={"👍": ["bob", "carol"]}
    ),
    Said("carol", "1 16:48", "Invitations arrived. The paper was worth it."),
    Said(
        "bob",
        "52m",
        "The status page is live, and says that all is well. I checked that it can say otherwise.",
    ),
    Said(
        "carol",
        "31m",
        "@ada the newsletter goes out at 15:00. Would you read the first paragraph once more? It is on the card.",
    ),
]

LEADS = [
    Said(
        "ada",
        "14 16:00",
        "Just the two of us here: budget, people, dates. Nothing that changes what the others do.",
    ),
    Said("carol", "14 16:10", "Good. Budget: we have spent 62 %, and the largest part left is the venue."),
    Said("ada", "13 09:05", "Could we do without the second room?"),
    Said("carol", "13 09:40", "If the talks run one after the other, yes. I would like that better anyway."),
    Said("ada", "13 09:41", "Then let us.", reactions={"👍": ["carol"]}),
    Said("carol", "9 12:30", "Bob has worked the last two weekends. He will not say so himself."),
    Said(
        "ada",
        "9 12:36",
        "I know. I gave him the Monday after the launch, and I will see that he takes it.",
        reactions={"❤️": ["carol"]},
    ),
    Said("carol", "4 18:02", "The second journalist asked for the numbers of users. I gave none, as agreed."),
    Said("ada", "4 18:05", "Right. We tell them the day we can tell all of them."),
    Said("carol", "1 17:20", "Final: 94 % of the budget, thick paper included."),
    Said("ada", "1 17:26", "That deserves a cake. Out of the six per cent.", reactions={"🎂": ["carol"]}),
]

VENDORS = [
    Said(
        "carol",
        "9 13:00",
        "Welcome, Gil! Paper and print go here; you see this room and nothing else of ours.",
    ),
    Said(
        "gil",
        "9 13:20",
        "Thank you. The thick paper is in stock: 300 g, uncoated.",
        reactions={"🎉": ["carol"]},
    ),
    Said("carol", "9 13:24", "", forwards="paper"),
    Said("gil", "9 13:31", "Thirty-eight it is. You will have a proof on Monday.", reactions={"👍": ["ada"]}),
    Said("gil", "2 15:02", "The parcel has left, @carol: it should be with you tomorrow morning."),
    Said("carol", "1 16:50", "It is here, and it is beautiful. Thank you!", reactions={"❤️": ["gil", "ada"]}),
]

COMMENTS = {
    "Write the launch newsletter": [
        Said(
            "carol",
            "6 11:00",
            "First draft:\n\n> On Thursday we open PrizmAI to everyone. It keeps a team's talk where its work is.",
        ),
        Said(
            "ada", "6 11:20", '"Keeps a team\'s talk where its work is" is the whole product. Begin with it.'
        ),
        Said("bob", "6 13:02", "Please link the status page at the bottom."),
        Said(
            "carol",
            "3 09:45",
            "Second draft uses both. @ada the first paragraph is yours to approve.",
            reactions={"👍": ["bob"]},
        ),
        Said("bob", "1 10:30", "The link to the status page works now."),
        Said("carol", "33m", "Third draft: shorter by a sentence. It needs only your yes."),
    ],
    "Load test with 2,000 people": [
        Said("bob", "9 09:00", "Big machine borrowed until Friday."),
        Said(
            "bob",
            "8 17:45",
            "p99 is 60 ms at 2,000. The generator gave up before the server did.",
            reactions={"🚀": ["ada"]},
        ),
        Said("ada", "8 17:50", "Please keep the script next to the code, we will want it again."),
    ],
    "Rehearse the rollback": [
        Said(
            "bob",
            "3 15:00",
            "Steps:\n\n- [x] back up\n- [x] switch the proxy to yesterday's release\n- [ ] measure how long it takes",
        ),
        Said("carol", "3 15:30", "Who tells the customers while you are at it? I can."),
        Said(
            "bob",
            "2 11:20",
            "Four minutes from decision to yesterday. Good enough.",
            reactions={"🎉": ["ada", "carol"]},
        ),
    ],
    "Status page": [
        Said("ada", "11 10:10", "It must work when nothing else does, so not on our own machines."),
        Said("bob", "10 09:00", "It is on the other side of the ocean, with its own name server."),
    ],
    "Translate the welcome mail": [
        Said("carol", "5 14:00", "German and French are back from the translators; Spanish on Monday."),
        Said("ada", "5 14:04", "Let somebody read them who did not write them."),
    ],
    "Thank-you notes for the testers": [
        Said("carol", "1 12:00", "41 of them, by hand. My turn for the first twenty.")
    ],
}
