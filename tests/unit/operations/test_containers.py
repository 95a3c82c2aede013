"""The image and the compose file run what the launcher runs, with what settings.py asks for, and open one door."""

import json
import re
from pathlib import Path

import pytest

from live.servers.starting import UVICORN_ARGUMENTS

from ..test_import_laws import APPS
from .test_reference import asked
from .test_units import options

ROOT = Path(__file__).parents[3]
DOCKERFILE, COMPOSE = ((ROOT / name).read_text() for name in ("Dockerfile", "compose.yaml"))
TOLD = (ROOT / "docs/deploy/compose.env").read_text()
FROM_A_FILE = "  env_file: [{path: .env, required: false}]\n"
NOT_HERE = {"DEBUG", "PRIZMAI_LOADTEST", "PRIZMAI_DATA"}  # for developers, and what the image says itself
BY_OTHERS = {"WEB_CONCURRENCY", "FORWARDED_ALLOW_IPS"}  # which uvicorn reads


def block(text, name, indent):
    """The lines below a key."""
    found = re.search(rf"^{indent}{name}:.*\n((?:{indent}  .*\n|\n)*)", text, re.MULTILINE)
    return found[1]


SERVICES = {
    name: block(block(COMPOSE, "services", ""), name, "  ")
    for name in re.findall(r"^  (\w+):$", block(COMPOSE, "services", ""), re.MULTILINE)
}


def test_the_web_server_is_started_with_all_it_needs():
    command = json.loads(re.search(r"^CMD (\[.*?\])$", DOCKERFILE, re.M | re.S)[1].replace("\\\n", ""))
    words = f" {' '.join(command)} "
    for option, value in options(UVICORN_ARGUMENTS):
        assert f" {option} {value}".rstrip() + " " in words, option


def test_it_does_not_run_as_root_and_builds_elsewhere():
    building, running = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]
    assert building.split()[0] == running.split()[0]
    assert "pip" in building and "pip" not in running
    assert running.index("\nUSER prizmai\n") < running.index("\nCMD ")
    assert "\nRUN" not in running.partition("\nUSER prizmai\n")[2] and "\nHEALTHCHECK " in running


def test_what_runs_is_in_the_image_and_nothing_else():
    taken = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    named = set(re.findall(r'BASE_DIR / "(.+?)"', (ROOT / "kanban_board/settings.py").read_text()))
    folders = {*APPS, *named} - {"var"}  # where data lies on a computer of one's own
    assert taken == folders | {"manage.py", "check_messaging_config.py", "requirements.txt"}


def test_every_variable_is_one_that_is_read():
    given = set(re.findall(r"^ {4,6}([A-Z_]+): ", COMPOSE, re.MULTILINE))
    others = {"DOMAIN", "POSTGRES_USER", "POSTGRES_PASSWORD", "REDISCLI_AUTH"}  # of the images beside ours
    assert len(given) > 8
    assert given - others - BY_OTHERS <= asked(ROOT / "kanban_board/settings.py")


def test_every_setting_reaches_the_containers():
    read = asked(ROOT / "kanban_board/settings.py") - NOT_HERE
    passed = set(re.findall(r"^    ([A-Z_]+): ", block(COMPOSE, "x-app", ""), re.MULTILINE))
    if FROM_A_FILE in block(COMPOSE, "x-app", ""):
        passed |= set(re.findall(r"^(?:# )?([A-Z_]+)=", TOLD, re.MULTILINE))
    assert read - passed == set()
    assert "env_file:" not in block(COMPOSE, "services", "")


def test_all_that_must_be_told_is_in_the_example():
    wanted = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))
    told = set(re.findall(r"^(?:# )?([A-Z_]+)=", TOLD, re.MULTILINE))
    assert wanted <= told <= wanted | asked(ROOT / "kanban_board/settings.py") | {"SLACK_TOKEN"}
    compelled = set(re.findall(r"\$\{([A-Z_]+):\?", COMPOSE))
    assert compelled == set(re.findall(r"^([A-Z_]+)=", TOLD, re.MULTILINE))


def test_only_the_proxy_is_reached():
    assert [name for name, told in SERVICES.items() if "ports:" in told] == ["proxy"]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_of_ours_starts_before_the_migrations(name):
    assert "depends_on" not in SERVICES[name] and "<<: *app" in SERVICES[name]
    shared = block(COMPOSE, "x-app", "")
    assert "migrate: {condition: service_completed_successfully}" in shared


def test_everything_comes_back_after_a_fault():
    for name, told in SERVICES.items():
        assert re.search(r"restart: (unless-stopped|on-failure)|<<: \*app", told), name
    assert "restart: unless-stopped" in block(COMPOSE, "x-app", "")


def test_no_log_grows_for_ever():
    for name, told in SERVICES.items():
        assert "logging: *logging" in told or "<<: *app" in told, name
    assert "logging: *logging" in block(COMPOSE, "x-app", "") and "max-size" in COMPOSE


def test_a_strict_umask_of_whoever_cloned_hinders_nobody():
    running = DOCKERFILE.partition("\nCOPY . ")[2]
    assert 0 < running.index("chmod -R a+rX .") < running.index("\nUSER prizmai\n")


def test_what_is_run_at_night_is_run_where_the_guide_puts_it():
    guide = (ROOT / "docs/self-hosting.md").read_text()
    told = re.search(r"^## In containers\n(.*?)^##", guide, re.MULTILINE | re.DOTALL)[1]
    put, begun, nightly = re.findall(r"(?:\bcd|<address of this repository>) (\S+)", told)
    assert put == begun == nightly
