"""One command brings everything up in order, keeps it up, and leaves nothing behind."""

import json
import os
import signal
import stat
import subprocess
import sys
import time

import psutil
import pytest

from operations.redis_by_hand import Redis, Refused
from operations.websocket_by_hand import ask_http

from .terminal import PROJECT

posix = pytest.mark.skipif(os.name == "nt", reason="signals and modes as POSIX has them")


def diagnose(terminal, **environment):
    asked = [sys.executable, PROJECT / "check_messaging_config.py", "--json"]
    done = subprocess.run(
        asked,
        env={**os.environ, "PRIZMAI_DATA": str(terminal.data), **environment},
        capture_output=True,
        text=True,
    )
    told = json.loads(done.stdout)
    return done.returncode, [finding for finding in told["findings"] if not finding["ok"]]


def becomes_well(terminal, seconds=20.0):
    """Diagnose until nothing is wrong: after a fault the parts find each other again by themselves."""
    until = time.monotonic() + seconds
    while (answer := diagnose(terminal)) != (0, []) and time.monotonic() < until:
        pass
    return answer


@posix
def test_everything_starts_in_order_and_ctrl_c_ends_it_in_reverse(terminal, folder):
    ada = terminal().is_up()

    steps = [ada.text.index(f"[{n}/4]") for n in (1, 2, 3, 4)]
    assert steps == sorted(steps)
    assert ada.sees(r"\[1/4\] Redis \.\.\. ready in \d+\.\d s")
    assert ada.sees("Sign in as ada, bob, carol .* password prizmai-demo")
    assert ("It runs as root" in ada.text) is (os.geteuid() == 0)
    assert "SecurityWarning" not in ada.text
    assert ask_http(f"http://localhost:{ada.port}", "/healthz")[0] == 200
    assert "\x1b" not in ada.text  # no colours into a pipe

    assert diagnose(ada) == (0, [])

    noted = (folder / "running.json").read_text()
    password = (folder / "redis" / "redis.conf").read_text().split("requirepass ")[1].split()[0]
    assert password not in noted and password not in ada.text
    assert stat.S_IMODE((folder / "redis" / "redis.conf").stat().st_mode) == 0o600
    with pytest.raises(Refused):
        Redis(json.loads(noted)["redis"]["url"]).ask("PING")

    assert ada.presses_ctrl_c() == 0
    assert ada.left_behind() == set()
    order = [ada.text.index(f"Stopping {name}") for name in ("web", "beat", "worker", "redis")]
    assert order == sorted(order)
    assert not (folder / "running.json").exists()
    assert "Listening" in (folder / "logs" / "web.log").read_text()


@posix
def test_a_second_start_and_a_foreign_session_are_told(tables, terminal):
    ada = terminal("--no-demo").is_up()
    assert ada.sees(r"http://localhost:\d+/accounts/first/")
    second = terminal("--no-demo")
    assert second.ends() == 1
    assert f"already runs on the data folder {ada.data}, at http://localhost:{ada.port}" in second.text
    assert "--data" in second.text

    # While it is up: a session that the server cannot read is told from everything else that may be wrong.
    _, (found,) = diagnose(ada, SECRET_KEY="another one than that of the server")
    assert found["name"] == "A message"
    assert "does not accept a session made here" in found["what"] and "SECRET_KEY" in found["cure"]


@posix
def test_a_part_that_dies_is_started_again(tables, terminal):
    ada = terminal("--no-demo", "--server", "uvicorn", "--workers", "2").is_up()
    assert {"web 1", "web 2"} <= set(ada.parts)
    for name in ("web 2", "redis"):
        before = len(ada.text.splitlines())
        os.kill(ada.parts[name], signal.SIGKILL)
        ada.sees(rf"{name} ended \(killed by signal 9\); it is started again at once", after=before)
        ada.sees(rf"{name} answers again", after=before)
    assert psutil.pid_exists(ada.parts["web 2"])
    assert becomes_well(ada) == (0, [])


@posix
def test_a_killed_launcher_leaves_nothing_behind(tables, terminal):
    ada = terminal("--no-demo", ALLOWED_ORIGINS="https://chat.example.org").is_up()  # as behind a proxy
    os.kill(ada.process.pid, signal.SIGKILL)
    ada.process.wait()
    assert ada.left_behind() == set()
    again = terminal("--port", str(ada.port)).is_up()  # the folder and the port are free again
    assert again.presses_ctrl_c() == 0


@posix
def test_ctrl_c_while_starting_ends_it_too(terminal):
    ada = terminal("--no-demo")
    ada.sees(r"\[1/4\]")
    ada._family = {ada.process.pid, *ada.descendants()}
    assert ada.presses_ctrl_c() == 0
    assert ada.left_behind() == set()
