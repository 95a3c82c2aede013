"""The documents name all variables that the product reads, and no others; and all numbers that it tells."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs/troubleshooting.md"
ASKED = re.compile(r"""(?:(?:environment|origins)\.\w+\(|environ(?:ment)?(?:\.get\(|\[))\s*"([A-Z_]+)\"""")
OURS = ("kanban_board", "operations", "live", "accounts", "boards", "messaging")


def documented():
    table = PAGE.read_text().partition("## Configuration reference")[2].partition("What the line itself")[0]
    first = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return set(re.findall(r"`([A-Z_]+)`", " ".join(first)))


def asked(*places):
    return {name for place in places for name in ASKED.findall(place.read_text())}


def test_every_setting_is_there():
    settings = asked(ROOT / "kanban_board/settings.py")
    assert len(settings) > 15
    assert settings <= documented()


def test_nothing_is_there_that_is_not_read():
    scripts = re.findall(r"\$\{([A-Z_]+):-", (ROOT / "start_prizmAI.sh").read_text())
    read = asked(*[path for app in OURS for path in (ROOT / app).rglob("*.py")]) | set(scripts)
    assert documented() <= read
    assert {"REDIS_HOME", "NO_COLOR", "PYTHON"} <= read & documented()


def test_every_number_is_explained():
    told = re.findall(r'"(prizmai_\w+)"', (ROOT / "operations/metrics/families.py").read_text())
    page = (ROOT / "docs/self-hosting.md").read_text()
    assert len(told) > 10
    assert [name for name in told if name not in page] == []
