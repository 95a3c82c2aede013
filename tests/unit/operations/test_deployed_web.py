"""The files for a web server and its proxy, and what the guide says of them."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "docs/deploy"
GUIDE = ROOT / "docs/self-hosting.md"


def told(name):
    """{variable: value} of a file of the environment."""
    lines = (DEPLOY / name).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def section(title):
    return re.search(rf"^## {title}\n(.*?)^##", GUIDE.read_text(), re.MULTILINE | re.DOTALL)[1]


def changes():
    """[(file, what stands in it)] of the table for several machines."""
    rows = re.findall(r"^\|(.*?)\| `(.*?)` \|", section("More than one machine"), re.MULTILINE)
    file, found = None, []
    for where, before in rows:
        named = re.search(r"`([\w.-]+)`", where)
        file = named[1] if named else file
        if (DEPLOY / file).exists():
            found.append((file, before))
    return found


def test_the_server_answers_to_people_and_to_its_own_machine():
    names = told("prizmai.env")["ALLOWED_HOSTS"].split(",")
    assert {urlsplit(told("prizmai.env")["ALLOWED_ORIGINS"]).hostname, "localhost", "127.0.0.1"} <= set(names)


@pytest.mark.parametrize(("file", "before"), changes())
def test_what_is_to_be_changed_is_there(file, before):
    assert before in (DEPLOY / file).read_text()


def test_all_of_a_web_server_that_names_loopback_is_to_be_changed():
    unit = re.search(r"^ExecStart=.*?[^\\]$", (DEPLOY / "prizmai-web.service").read_text(), re.M | re.S)[0]
    for _, before in changes():
        unit = unit.replace(before, "")
    assert len(changes()) == 5 and "127.0.0.1" not in unit
