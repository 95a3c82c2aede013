"""The cards of the demo's board: column, title, people, labels, when due (days from today) and what it is about."""

# ruff: noqa: E501  what people say is not broken into lines

LABELS = {"Launch": "violet", "Website": "blue", "Operations": "green", "Press": "orange"}

CARDS = [
    (
        "To do",
        "Write the launch newsletter",
        ["carol", "ada"],
        ["Press", "Launch"],
        1,
        "One page, to everyone who asked to be told. Goes out at 15:00 on the day before the launch.",
    ),
    ("To do", "Thank-you notes for the testers", ["carol"], ["Press"], 6, "By hand, on the good paper."),
    ("To do", "Book the room for the review", ["ada"], [], 9, "Half a day, with a window."),
    (
        "To do",
        "Prices on the website",
        ["bob"],
        ["Website"],
        3,
        "Three plans, one table. The names are decided: Starter, Team, House.",
    ),
    (
        "Doing",
        "Rehearse the rollback",
        ["bob"],
        ["Operations", "Launch"],
        2,
        "From the decision to yesterday's release in under five minutes, by one person.",
    ),
    ("Doing", "Translate the welcome mail", ["carol"], ["Website"], 4, "German, French and Spanish."),
    (
        "Doing",
        "Keyboard tour of the board",
        ["ada"],
        ["Website"],
        5,
        "Every card can be moved without a mouse: show how.",
    ),
    (
        "Review",
        "Load test with 2,000 people",
        ["bob"],
        ["Operations"],
        None,
        "Where is the knee, and what gives way first?",
    ),
    ("Review", "Press kit", ["carol", "ada"], ["Press"], -1, "Three pages, no adjectives."),
    ("Done", "Status page", ["bob"], ["Operations", "Launch"], None, "Has to work when nothing else does."),
    (
        "Done",
        "Certificates renew themselves",
        ["bob"],
        ["Operations"],
        None,
        "Tried with the clock three weeks ahead.",
    ),
    ("Done", "Invitations", ["carol"], ["Press"], None, "On thicker paper."),
]

# title: what is to be done, and whether it is.
CHECKLISTS = {
    "Write the launch newsletter": [
        ("First draft", True),
        ("Read by somebody who knows nothing of it", True),
        ("Proofs of the pictures", False),
        ("Send it to ourselves first", False),
    ],
    "Rehearse the rollback": [
        ("Write down the steps", True),
        ("Once in the morning", True),
        ("Once at night", True),
    ],
}

COLUMNS = [("To do", False), ("Doing", False), ("Review", False), ("Done", True)]
LIMITS = {"Doing": 3, "Review": 1}
