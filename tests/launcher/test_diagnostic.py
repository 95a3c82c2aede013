"""The diagnostic finds, names and tells how to cure what is wrong, one thing at a time."""

import contextlib
import json
import shutil
import socket
import socketserver
import subprocess
import sys
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from operations.start import redis_choice
from operations.start.ports import free_port
from operations.start.readiness import wait_until

from ..fault.lab.tables import copy_tables
from .terminal import PROJECT, clean_environment

NOBODY = "http://127.0.0.1:1"


@contextlib.contextmanager
def somebody_who_answers(words):
    """A server that answers whatever it hears with the same bytes."""

    class Answer(socketserver.BaseRequestHandler):
        def handle(self):
            with contextlib.suppress(ConnectionError):
                while self.request.recv(4096):
                    self.request.sendall(words)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answer) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_where_nothing_runs_each_part_is_told_with_its_cure(diagnosed):
    status, found, _ = diagnosed()
    assert status == 1
    assert found["Packages"]["ok"] and found["Settings"]["ok"]
    assert "left where the data folder is" in found["Disk"]["what"]
    assert "None answers at redis://127.0.0.1:1" in found["Redis"]["what"]
    assert "migrations are missing" in found["Database"]["what"]
    assert "Nothing listens at http://127.0.0.1:8000" in found["Web server"]["what"]
    assert "./start_prizmAI.sh" in found["Web server"]["cure"]
    assert found["Celery worker"]["ok"] is None  # excused: Redis is away


def test_a_folder_that_is_not_there_is_told_and_not_made(diagnosed, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    status, found, _ = diagnosed("--data", str(elsewhere))
    assert status == 1 and not elsewhere.exists()
    assert f"none at {elsewhere}" in found["Data folder"]["what"] and "--data" in found["Data folder"]["cure"]
    assert found["Settings"]["ok"] is found["Database"]["ok"] is None
    assert "no data folder" in found["Database"]["what"]


def test_the_folder_it_is_told_of_is_looked_into(diagnosed, tmp_path):
    other = tmp_path / "other"
    copy_tables(other)
    _, found, _ = diagnosed("--data", str(other), "--url", NOBODY)
    assert found["Database"]["ok"]


def test_the_text_says_the_same_as_the_json(tmp_path):
    environment = {**clean_environment(), "PRIZMAI_DATA": str(tmp_path), "REDIS_URL": "redis://127.0.0.1:1"}
    asked = [sys.executable, PROJECT / "check_messaging_config.py", "--url", NOBODY]
    done = subprocess.run(asked, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "WRONG  Redis: None answers" in done.stdout and "-> Start it" in done.stdout
    assert "things are wrong" in done.stdout


@pytest.mark.parametrize("url", ["localhost:8000", "http://localhost:80000", "http://[::1", "http://"])
def test_an_address_that_is_none_means_it_could_not_run(diagnosed, url):
    status, _, printed = diagnosed("--url", url)
    assert status == 2
    assert f"{url} is not an address" in printed


def test_of_an_address_the_beginning_counts(diagnosed):
    _, found, _ = diagnosed("--url", f"{NOBODY}/messaging/?here=1")
    assert f"Nothing listens at {NOBODY}" in found["Web server"]["what"]


def test_a_wsgi_server_is_named(diagnosed):
    class Quiet(WSGIRequestHandler):
        def log_message(self, *words):
            pass

    def pages(environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b'{"status": "ok", "process": "a1"}']

    with make_server("127.0.0.1", 0, pages, handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _, found, _ = diagnosed("--url", f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
    assert found["Web server"]["ok"]
    assert "WSGIServer" in found["WebSockets"]["what"] and "WSGI server" in found["WebSockets"]["what"]
    assert "daphne" in found["WebSockets"]["cure"]


def test_another_program_on_the_port(diagnosed):
    with somebody_who_answers(b"HTTP/1.1 200 OK\r\nServer: teapot\r\nContent-Length: 2\r\n\r\nhi") as port:
        _, found, _ = diagnosed("--url", f"http://127.0.0.1:{port}")
    assert "is not PrizmAI Messaging (teapot" in found["Web server"]["what"]


def test_a_host_name_that_is_refused(diagnosed):
    with somebody_who_answers(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n") as port:
        _, found, _ = diagnosed("--url", f"http://127.0.0.1:{port}")
    assert "refuses the host name" in found["Web server"]["what"]
    assert "ALLOWED_HOSTS" in found["Web server"]["cure"]


def test_behind_a_proxy_the_name_that_is_sent_is_looked_for(diagnosed):
    there = {"ALLOWED_ORIGINS": "https://chat.example.org"}
    _, found, _ = diagnosed("--url", NOBODY, **there, ALLOWED_HOSTS="chat.example.org")
    assert found["Settings"]["ok"]
    _, found, _ = diagnosed("--url", NOBODY, **there, ALLOWED_HOSTS="localhost,chat")
    assert "does not hold chat.example.org" in found["Settings"]["what"]
    assert "ALLOWED_HOSTS=localhost,chat,chat.example.org" in found["Settings"]["cure"]


def test_a_numeric_name_is_looked_for_as_it_is_sent(diagnosed):
    _, found, _ = diagnosed("--url", "http://[::1]:1", ALLOWED_HOSTS="[::1]")
    assert found["Settings"]["ok"]


def test_a_refused_origin(diagnosed):
    with somebody_who_answers(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") as port:
        _, found, _ = diagnosed("--url", f"http://127.0.0.1:{port}")
    assert "refused because of where it comes from" in found["WebSockets"]["what"]
    assert "ALLOWED_ORIGINS" in found["WebSockets"]["cure"]


@pytest.mark.parametrize(
    ("words", "what", "cure"),
    [
        (b"-NOAUTH Authentication required.\r\n", "refuses us: NOAUTH", "REDIS_URL"),
        (b"-ERR max number of clients reached\r\n", "max number of clients", "maxclients"),
        (b"-READONLY You can't write against a read only replica.\r\n", "read only replica.", "that primary"),
        (b"-OOM command not allowed when used memory > 'maxmemory'.\r\n", "'maxmemory'.", "raise maxmemory"),
        (b"-MISCONF Redis is configured to save RDB snapshots\r\n", "MISCONF", "its disk"),
        (b"-ERR AUTH <password> called without any password\r\n", "without any", "leave it out"),
        (b"$21\r\nredis_version:3.2.1\r\n\r\n", "too old: 3.2.1", "5 or newer"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "None answers", "Start it"),
    ],
    ids=["password", "full", "replica", "memory", "disk", "no password", "old", "no redis at all"],
)
def test_a_redis_that_will_not_do(diagnosed, words, what, cure):
    with somebody_who_answers(words) as port:
        _, found, _ = diagnosed("--url", NOBODY, REDIS_URL=f"redis://127.0.0.1:{port}")
    assert what in found["Redis"]["what"]
    assert cure in found["Redis"]["cure"]


def test_a_redis_that_hangs(diagnosed):
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"redis://127.0.0.1:{deaf.getsockname()[1]}"
        _, found, _ = diagnosed("--url", NOBODY, REDIS_URL=url)
    assert "does not answer" in found["Redis"]["what"]


def test_redis_without_worker_and_beat(tables, diagnosed, tmp_path):
    server = redis_choice.find_server()
    port = free_port()
    running = subprocess.Popen(
        [server, "--port", str(port), "--save", ""], cwd=tmp_path, stdout=subprocess.DEVNULL
    )
    try:
        url = f"redis://127.0.0.1:{port}"
        assert wait_until(lambda: redis_choice.answers(url), 10)
        _, found, _ = diagnosed("--url", NOBODY, REDIS_URL=url)
    finally:
        running.terminate()
        running.wait()
    assert found["Redis"]["ok"] and found["Channel layer"]["ok"] and found["Database"]["ok"]
    assert (
        "None answers" in found["Celery worker"]["what"] and "--pool=solo" in found["Celery worker"]["cure"]
    )
    assert "was never heard" in found["Celery beat"]["what"]


def test_no_secret_is_printed(diagnosed):
    secrets = {
        "REDIS_URL": "redis://:redis-hush@127.0.0.1:1",
        "DATABASE_URL": "postgres://ada:base-hush@127.0.0.1:1/prizmai",
        "EMAIL_URL": "smtp://ada:mail-hush@127.0.0.1:1",
        "SECRET_KEY": "key-hush",
    }
    status, found, printed = diagnosed("--url", NOBODY, **secrets)
    assert status == 1 and "cannot be used" in found["Database"]["what"]
    assert "hush" not in printed


def test_no_secret_is_told_of_an_address_that_cannot_be_read(diagnosed):
    status, found, printed = diagnosed(
        "--url", NOBODY, EMAIL_URL="smtp://ada:mail-hush/hush@mail.example.org"
    )
    assert status == 1 and "EMAIL_URL cannot be read" in found["Settings"]["what"]
    assert "hush" not in printed


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("", "Is not set up"),
        ("console://", "Is not set up"),
    ],
)
def test_how_mail_leaves_is_told_and_none_is_no_fault(diagnosed, url, what):
    _, found, _ = diagnosed("--url", NOBODY, EMAIL_URL=url)
    assert found["Mail"]["ok"] and what in found["Mail"]["what"]


def test_a_mail_server_that_is_not_there_is_told(diagnosed):
    _, found, printed = diagnosed("--url", NOBODY, EMAIL_URL="smtp://ada:hush@127.0.0.1:1")
    assert found["Mail"]["what"].startswith("No letter leaves by smtp://127.0.0.1:1: nobody listens there")
    assert not found["Mail"]["ok"] and "host and port" in found["Mail"]["cure"] and "hush" not in printed


def test_a_public_url_that_is_no_origin(diagnosed):
    _, found, _ = diagnosed("--url", NOBODY, PUBLIC_URL="chat.example.org")
    assert "PUBLIC_URL holds 'chat.example.org', which is no origin" in found["Settings"]["what"]


def test_settings_that_cannot_be_loaded_keep_no_other_question_from_being_asked(diagnosed):
    _, found, _ = diagnosed("--url", NOBODY, DEBUG="perhaps")
    assert "DEBUG is 'perhaps'" in found["Settings"]["what"]
    assert found["Packages"]["ok"] and found["Redis"]["ok"] is False and found["Web server"]["ok"] is False
    assert found["Database"]["ok"] is None


def test_it_runs_without_any_package(tmp_path):
    """With a Python that has the standard library only."""
    copy = tmp_path / "copy"
    for name in ("operations", "kanban_board", "live"):
        shutil.copytree(PROJECT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("check_messaging_config.py", "requirements.txt"):
        shutil.copy(PROJECT / name, copy / name)
    environment = {**clean_environment(), "PRIZMAI_DATA": str(tmp_path), "REDIS_URL": "redis://127.0.0.1:1"}
    asked = [sys.executable, "-I", "-S", copy / "check_messaging_config.py", "--json"]
    done = subprocess.run(asked, env=environment, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    found = {finding["name"]: finding for finding in json.loads(done.stdout)["findings"]}
    assert "Django" in found["Packages"]["what"] and "pip install" in found["Packages"]["cure"]
    assert "No module named 'django'" in found["Settings"]["what"]
    assert found["Redis"]["ok"] is False and found["Web server"]["ok"] is False


def test_processes_that_do_not_share_a_redis(diagnosed):
    def state(process, redis):
        told = {"process": process, "redis": redis, "mode": "live", "hears": [process]}
        body = json.dumps(told).encode()
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)

    with (
        somebody_who_answers(state("a", "10.0.0.1:6379")) as one,
        somebody_who_answers(state("b", "10.0.0.2:6379")) as two,
    ):
        _, found, _ = diagnosed("--url", f"http://127.0.0.1:{one}", "--url", f"http://127.0.0.1:{two}")
    assert "do not share a Redis: 10.0.0.1:6379 and 10.0.0.2:6379" in found["Web processes"]["what"]
