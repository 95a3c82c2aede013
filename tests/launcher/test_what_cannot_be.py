"""Whatever keeps the launcher from starting is told in a sentence, with what to do about it."""

import os
import socket
import subprocess

import pytest


def test_a_taken_port(terminal):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ada = terminal("--port", str(port))
        assert ada.ends() == 1
    assert f"Port {port} on 127.0.0.1 is taken by another program" in ada.text
    assert f"--port {port + 1}" in ada.text
    assert "Traceback" not in ada.text


def test_an_address_that_is_not_ours(terminal):
    ada = terminal("--host", "203.0.113.7")
    assert ada.ends() == 1
    assert "203.0.113.7 is not an address of this machine" in ada.text


def test_several_daphnes_are_refused_and_uvicorn_is_named(terminal):
    ada = terminal("--workers", "2")
    assert ada.ends() == 1
    assert "--server uvicorn" in ada.text


def test_settings_that_cannot_be_read_are_named_without_a_traceback(terminal):
    ada = terminal(DEBUG="perhaps")
    assert ada.ends() == 1
    assert "DEBUG is 'perhaps'; write 1 or 0." in ada.text
    assert "Traceback" not in ada.text


def test_a_database_that_is_away(terminal):
    ada = terminal(DATABASE_URL="postgres://ada:hush-hush@127.0.0.1:1/prizmai")
    assert ada.ends() == 1
    assert "The database on 127.0.0.1 cannot be used" in ada.text
    assert "hush-hush" not in ada.text and "Traceback" not in ada.text


def test_a_redis_that_sends_us_away(terminal):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ada = terminal(REDIS_URL=f"redis://:wrong-one@127.0.0.1:{port}")
        line, _ = other.accept()
        with line:
            line.recv(100)
            line.sendall(b"-WRONGPASS invalid username-password pair or user is disabled.\r\n")
            assert ada.ends() == 1
    assert "refuses us: WRONGPASS" in ada.text and "REDIS_URL" in ada.text
    assert "wrong-one" not in ada.text


def test_a_folder_that_cannot_be_made(terminal, tmp_path):
    (tmp_path / "file").write_text("")
    ada = terminal(data=tmp_path / "file" / "data")
    assert ada.ends() == 1
    assert "is no folder, or lies in a file" in ada.text and "--data" in ada.text


@pytest.mark.parametrize("filled", [False, True], ids=["small", "full"])
def test_a_full_disk(terminal, tmp_path, filled):
    mounted = tmp_path / "small"
    mounted.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", mounted]
    if os.name == "nt" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("making a small disk to fill needs root and mount(8)")
    try:
        if filled:
            with pytest.raises(OSError), open(mounted / "filler", "wb", buffering=0) as file:
                while True:
                    file.write(b"x" * 4096)
        ada = terminal(data=mounted / "data")
        assert ada.ends() == 1
        assert "room left on the disk" in ada.text and "--data" in ada.text
        assert "Traceback" not in ada.text
    finally:
        subprocess.run(["umount", mounted], check=False)
