"""The launcher's parts one by one: options, hosts, terminal, logs, data folder, choice of Redis."""

import errno
import io
import os
import stat
import sys
import threading
import time

import pytest

from operations.start import folder, logs, ports, redis_choice
from operations.start.console import Console, wants_colour
from operations.start.environment import names_for
from operations.start.guard import Guard
from operations.start.options import parse
from operations.start.part import Part
from operations.start.readiness import wait_until
from operations.start.sorry import Sorry
from operations.start.steps import ROUTINE
from operations.start.supervisor import PAUSES, Supervisor

from .test_by_hand import answering


def test_options_have_the_defaults_of_the_guide(monkeypatch):
    monkeypatch.delenv("PRIZMAI_DATA", raising=False)
    options = parse([])
    assert (options.host, options.port, options.server, options.workers) == ("127.0.0.1", 8000, "daphne", 1)
    assert options.demo and options.on_loopback
    assert options.url == "http://localhost:8000"
    assert options.data.name == "var"


@pytest.mark.parametrize(
    "wrong", [["--port", "0"], ["--port", "70000"], ["--workers", "0"], ["--workers", "2"]]
)
def test_options_that_cannot_be_are_told(wrong):
    with pytest.raises(Sorry):
        parse(wrong)


def test_open_to_all_means_listening_to_all_and_asking_ourselves_on_loopback():
    options = parse(["--host", "0.0.0.0", "--port", "9000"])
    assert not options.on_loopback
    assert options.reachable_at == "http://127.0.0.1:9000"


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_open_to_all_is_opened_by_an_address_that_leads_here(monkeypatch, host):
    """Links with localhost would lead whoever reads them to a machine of their own."""
    options = parse(["--host", host, "--port", "9000"])
    address = ports.own_address()
    assert options.url == f"http://{address}:9000"
    assert address in names_for(host)
    monkeypatch.setattr(ports.socket.socket, "connect", unreachable)
    assert options.url == "http://localhost:9000"


@pytest.mark.parametrize(
    ("words", "other"),
    [
        (b'{"status": "ok", "process": "hangar"}', "PrizmAI Messaging"),
        (b'{"status": "ok"}', "program"),
        (b"Hello", "program"),
    ],
)
def test_who_has_the_port_is_told(words, other):
    port = answering(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(words), words))
    with pytest.raises(Sorry, match=f"Port {port} on 127.0.0.1 is taken by another {other}"):
        ports.check_free("127.0.0.1", port)


def unreachable(*words):
    raise OSError("Network is unreachable")


def test_hosts_are_those_that_lead_here():
    assert names_for("127.0.0.1") == ["localhost", "127.0.0.1", "[::1]"]
    assert names_for("192.0.2.7")[-1] == "192.0.2.7"
    assert "*" not in names_for("0.0.0.0")


class Screen(io.StringIO):
    def isatty(self):
        return True


def test_colour_is_for_terminals_whose_owner_has_nothing_against_it(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_colour(Screen()) and not wants_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(Screen())


def test_a_name_cannot_forge_a_line_or_move_the_cursor():
    out = io.StringIO()
    Console(out).line("web", "hello \x1b[2J\x1b]0;title\x07there\r\u2028[4/4] forged\x85")
    assert out.getvalue() == "     web | hello ]0;titlethere[4/4] forged\n"


def test_a_terminal_that_is_gone_stops_nothing():
    out = io.StringIO()
    out.close()
    Console(out, colour=False).say("hello")


def test_logs_are_put_aside_at_each_start_and_the_oldest_goes(tmp_path):
    path = tmp_path / "web.log"
    for number in range(logs.KEPT + 3):
        log = logs.Log(path)
        log.write(f"start {number}")
        log.close()
    assert len(list(tmp_path.iterdir())) == logs.KEPT + 1
    assert "start 7" in path.read_text() and "start 2" in (tmp_path / f"web.log.{logs.KEPT}").read_text()


def test_a_log_that_has_grown_large_is_put_aside(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "LARGEST", 100)
    log = logs.Log(tmp_path / "web.log")
    for _ in range(6):
        log.write("x" * 40)
    log.close()
    assert (tmp_path / "web.log.1").exists()


def test_a_file_is_no_data_folder(tmp_path):
    (tmp_path / "hostname").touch()
    for place in (tmp_path / "hostname", tmp_path / "hostname" / "data"):
        with pytest.raises(Sorry, match=f"{place} is no folder"):
            folder.make(place)


def test_a_folder_has_one_launcher_at_a_time(tmp_path):
    assert not folder.is_taken(tmp_path)
    with folder.take(tmp_path):
        folder.note(tmp_path, {"pid": 7, "url": "http://localhost:8000"})
        assert folder.is_taken(tmp_path)
        with pytest.raises(Sorry, match="at http://localhost:8000 .process 7."):
            folder.take(tmp_path)
    assert not folder.is_taken(tmp_path)


def test_what_another_user_left_in_the_folder_is_named(tmp_path):
    (tmp_path / "launcher.lock").mkdir()  # may be opened as little as a file of root
    with pytest.raises(Sorry, match=f"{tmp_path}/launcher.lock cannot be written") as told:
        folder.take(tmp_path)
    assert f"All that is in {tmp_path} must belong to the user" in told.value.cure


def test_the_password_of_redis_is_in_a_file_of_its_owner_only(tmp_path):
    choice = redis_choice.choose(tmp_path, {"REDIS_URL": "redis://127.0.0.1:1", "PATH": os.environ["PATH"]})
    configuration = tmp_path / "redis" / "redis.conf"
    assert stat.S_IMODE(configuration.stat().st_mode) == 0o600
    assert choice.password == redis_choice.noted_password(tmp_path)
    assert "bind 127.0.0.1" in configuration.read_text()
    assert choice.is_ours and choice.password not in choice.shown


def test_redis_home_is_looked_at_after_the_path(tmp_path):
    server = tmp_path / "redis-server"
    server.write_text("#!/bin/sh\necho Redis server v=5.0.14 sha=0\n")
    server.chmod(0o755)
    assert redis_choice.find_server({"PATH": "", "REDIS_HOME": str(tmp_path)}) == str(server)


def test_a_redis_that_is_too_old_is_passed_over(tmp_path):
    server = tmp_path / "redis-server"
    server.write_text("#!/bin/sh\necho Redis server v=3.2.100 sha=0\n")
    server.chmod(0o755)
    assert redis_choice.find_server({"PATH": str(tmp_path)}) != str(server)


def test_no_redis_at_all_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(redis_choice, "find_server", lambda environment: None)
    monkeypatch.setattr(redis_choice, "find_memory_server", lambda: None)
    with pytest.raises(Sorry) as sorry:
        redis_choice.choose(tmp_path, {"REDIS_URL": "redis://:hush@127.0.0.1:1"})
    assert "install" in sorry.value.cure.lower()
    assert "hush" not in sorry.value.sentence


class TestSupervisor:
    @pytest.fixture
    def guard(self):
        guard = Guard()
        yield guard
        guard.dismiss()

    @pytest.fixture
    def part(self, tmp_path, guard):
        (tmp_path / "logs").mkdir()

        def make(program, name="web", screen=None):
            return Part(
                name,
                [sys.executable, "-c", program],
                environment=dict(os.environ),
                cwd=tmp_path,
                ready=lambda: True,
                folder=tmp_path,
                console=Console(screen or io.StringIO()),
                guard=guard,
                is_routine=ROUTINE.search,
            )

        return make

    def test_a_part_that_keeps_dying_is_started_ever_more_rarely(self, part):
        supervisor = Supervisor(Console(io.StringIO()), threading.Event())
        dying = part("pass")
        dying.start()
        assert wait_until(lambda: not dying.is_running, 10)
        pauses = [supervisor._pause_for(dying, time.monotonic()) for _ in range(9)]
        assert pauses == [*PAUSES, 30, 30]

    def test_a_part_that_ignores_ctrl_c_is_made_to_end(self, part, monkeypatch):
        monkeypatch.setattr("operations.start.part.PATIENCE", 0.2)
        deaf = part(
            "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print(1); time.sleep(60)"
        )
        deaf.start()
        deaf.end(threading.Event())
        assert not deaf.is_running

    def test_the_second_ctrl_c_waits_for_nobody(self, part):
        deaf = part("import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(60)")
        deaf.start()
        hurry = threading.Event()
        hurry.set()
        started = time.monotonic()
        deaf.end(hurry)
        assert not deaf.is_running and time.monotonic() - started < 5

    def test_words_of_a_part_are_in_its_log(self, part, tmp_path):
        talking = part("print('hello')", "web 1")
        talking.start()
        assert wait_until(lambda: not talking.is_running, 10)
        talking.kill()
        assert "hello" in (tmp_path / "logs" / "web-1.log").read_text()

    def test_jobs_that_go_well_are_in_the_log_and_not_on_the_screen(self, part, tmp_path):
        words = [
            "INFO celery.worker.strategy Task messaging.tasks.sweep_errands[9aaa4fbf-8a30] received",
            "INFO celery.app.trace Task messaging.tasks.sweep_errands[9aaa4fbf-8a30] succeeded in 0.004s: None",
            "INFO celery.beat Scheduler: Sending due task beat (operations.tasks.beat)",
            "ERROR celery.app.trace Task operations.tasks.beat[9dc54388-21f7] raised unexpected: OSError()",
        ]
        screen = io.StringIO()
        worker = part(f"print({chr(10).join(words)!r})", "worker", screen)
        worker.start()
        assert wait_until(lambda: not worker.is_running, 10)
        worker.kill()
        log = (tmp_path / "logs" / "worker.log").read_text()
        assert all(line in log for line in words)
        assert [line for line in words if line in screen.getvalue()] == words[3:]


def test_a_port_that_the_system_keeps_is_not_called_one_of_administrators():
    told = ports._sorry("127.0.0.1", 8000, PermissionError(errno.EACCES, "Permission denied"))
    assert "--port 9000" in told.cure and "excludedportrange" in told.cure
    assert "above 1023" in ports._sorry("127.0.0.1", 80, PermissionError(errno.EACCES, "no")).cure
