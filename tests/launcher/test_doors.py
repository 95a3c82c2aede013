"""start_prizmAI.sh and start_prizmAI.bat find a Python, hand over to it, and say so when there is none."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from .terminal import PROJECT

posix = pytest.mark.skipif(os.name == "nt", reason="a shell script")


@pytest.fixture
def copy(tmp_path):
    """The two doors in a folder with a space in its name."""
    folder = tmp_path / "my app"
    (folder / "operations" / "start").mkdir(parents=True)
    for name in ("start_prizmAI.sh", "start_prizmAI.bat", "operations/start/door.py", "requirements.txt"):
        shutil.copy(PROJECT / name, folder / name)
    return folder


def opens(copy, *options, path=os.environ["PATH"], script="start_prizmAI.sh", **environment):
    command = ["/bin/sh", copy / script, *options]
    return subprocess.run(command, env={"PATH": path, **environment}, capture_output=True, text=True)


@posix
def test_the_shell_script_hands_over_to_the_python_it_is_told(copy, tmp_path):
    stand_in = tmp_path / "stand in"
    stand_in.write_text('#!/bin/sh\n[ "$1" = -c ] && exit 0\necho "$#: $*"\nexit 7\n')
    stand_in.chmod(0o755)
    done = opens(copy, "--data", "a b", PYTHON=str(stand_in))
    assert done.returncode == 7
    assert done.stdout == f"3: {copy}/operations/start/door.py --data a b\n"


@posix
def test_the_shell_script_may_be_reached_by_links(copy, tmp_path):
    stand_in = tmp_path / "stand in"
    stand_in.write_text('#!/bin/sh\n[ "$1" = -c ] || echo "$1"\n')
    stand_in.chmod(0o755)
    (tmp_path / "far" / "bin").mkdir(parents=True)
    (tmp_path / "far" / "bin" / "chat").symlink_to("../../my app/start_prizmAI.sh")
    (tmp_path / "bin").symlink_to("far/bin")
    (tmp_path / "start").symlink_to(tmp_path / "bin" / "chat")
    for script in ("start", "bin/chat"):
        done = opens(tmp_path, script=script, PYTHON=str(stand_in))
        assert done.stdout == f"{copy}/operations/start/door.py\n", done.stderr


@posix
def test_the_shell_script_tells_of_a_missing_python(copy, tmp_path):
    done = opens(copy, path=str(tmp_path))
    assert done.returncode == 1
    assert "No Python 3.11 or newer was found" in done.stderr and "apt-get install" in done.stderr
    done = opens(copy, PYTHON="/nowhere/python")
    assert (done.returncode, "PYTHON=/nowhere/python is not a Python" in done.stderr) == (1, True)


@posix
def test_no_registry_is_told_in_a_sentence(copy):
    (copy / "requirements.txt").write_text("there-is-no-such-package-of-prizmai==1.0\n")
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": os.devnull, "HOME": str(copy)}
    done = opens(copy, PYTHON=sys.executable, **nowhere)
    assert done.returncode == 1
    assert "The package registry cannot be reached" in done.stderr and "PIP_INDEX_URL" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@posix
def test_packages_are_installed_once_and_again_only_when_they_changed(copy):
    (copy / "requirements.txt").write_text("# nothing\n")
    (copy / "manage.py").write_text("import sys; print('manage.py', *sys.argv[1:])\n")
    first = opens(copy, "--port", "8001", PYTHON=sys.executable)
    assert "Installing the packages" in first.stdout and "manage.py start --port 8001" in first.stdout
    second = opens(copy, PYTHON=sys.executable)
    assert second.stdout == "manage.py start\n"
    (copy / "requirements.txt").write_text("# something else\n")
    assert "Installing the packages" in opens(copy, PYTHON=sys.executable).stdout


@posix
def test_of_two_starts_at_once_one_installs_and_the_other_waits(copy):
    (copy / "requirements.txt").write_text("# nothing\n")
    (copy / "manage.py").write_text("print('manage.py')\n")
    with ThreadPoolExecutor() as both:
        done = list(both.map(lambda _: opens(copy, PYTHON=sys.executable), range(2)))
    assert [one.returncode for one in done] == [0, 0], [one.stderr for one in done]
    waited, installed = sorted((one.stdout for one in done), key=len)
    assert waited == "Another start is installing; waiting for it ...\nmanage.py\n"
    assert "Installing the packages" in installed


@pytest.fixture(scope="module")
def wine(tmp_path_factory):
    if shutil.which("wine") is None:
        pytest.skip(
            "the batch file is tried under Wine, which is not installed (apt-get install wine wine64)"
        )
    prefix = tmp_path_factory.mktemp("wine")
    environment = {**os.environ, "WINEPREFIX": str(prefix), "WINEDEBUG": "-all"}
    subprocess.run(["wineboot", "-i"], env=environment, capture_output=True, timeout=180)
    yield environment
    subprocess.run(["wineserver", "-k"], env=environment, capture_output=True)


class TestBatchFile:
    """The batch file under Wine, with a batch file that stands in for python.exe."""

    @pytest.fixture
    def stand_in(self, tmp_path):
        script = tmp_path / "bin" / "python.bat"
        script.parent.mkdir()
        lines = ["@echo off", 'if "%1"=="-c" exit /b 0', 'echo python %* > "%TOLD%"', "exit /b 7"]
        script.write_text("\r\n".join([*lines, ""]))
        return script

    def opens(self, wine, copy, *options, **environment):
        # By its path: Wine takes a bare start_prizmAI.bat for its own command `start`.
        command = ["wine", "cmd", "/c", r".\start_prizmAI.bat", *options]
        told = copy / "told.txt"
        done = subprocess.run(
            command,
            cwd=copy,
            env={**wine, "TOLD": windows(told), **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done, told.read_text().strip() if told.exists() else ""

    def test_it_finds_python_on_the_path(self, wine, copy, stand_in):
        done, told = self.opens(wine, copy, "--port", "8123", WINEPATH=windows(stand_in.parent))
        assert (done.returncode, told) == (
            7,
            f'python "{windows(copy)}\\operations\\start\\door.py" --port 8123',
        )

    def test_it_takes_the_python_it_is_told(self, wine, copy, stand_in):
        done, told = self.opens(wine, copy, "--data", "C:\\my data", PYTHON=windows(stand_in))
        assert done.returncode == 7
        assert told.endswith('door.py" --data "C:\\my data"')

    def test_it_tells_of_a_missing_python(self, wine, copy):
        done, told = self.opens(wine, copy)
        assert (done.returncode, told) == (1, "")
        assert "No Python 3.11 or newer was found" in done.stderr + done.stdout
        done, _ = self.opens(wine, copy, PYTHON=r"Z:\nowhere\python.exe")
        assert r'PYTHON="Z:\nowhere\python.exe" is not a Python 3.11 or newer' in done.stderr + done.stdout

    @pytest.mark.parametrize(("end", "waits"), [(' "', True), ('"', False)], ids=["double click", "terminal"])
    def test_a_window_of_its_own_stays_open_with_what_it_says(self, wine, copy, end, waits):
        begun_by = rf'cmd.exe /c ""Z:\a & b\start_prizmAI.bat"{end}'
        done, _ = self.opens(wine, copy, CMDCMDLINE=begun_by)  # which Windows sets, and Wine does not
        assert done.returncode == 1 and ("Press" in done.stdout) is waits


def windows(path):
    return "Z:" + str(path).replace("/", "\\")
