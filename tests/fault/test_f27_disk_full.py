"""F27 The disk of the database is full: nothing is confirmed that is not kept, and it heals when there is room."""

import asyncio
import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from ..scene import Scene
from .lab.experiment import Experiment, flawless, rounds
from .lab.house import House
from .lab.postgres import Postgres
from .lab.web import DAPHNE, UVICORN

SIZE = 160  # MB, of which a new PostgreSQL takes about a half
HEALED = 10.0  # seconds after there is room again, in which PostgreSQL replays its log too


@pytest.fixture(scope="module")
def small_disk():
    if os.getuid() != 0:
        pytest.skip("only root may mount a small disk")
    place = Path(tempfile.mkdtemp(prefix="prizmai-lab-disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=0755", "none", place],
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        pytest.skip(f"no file system may be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)
    place.rmdir()


@pytest.fixture(scope="module")
def house(small_disk):
    server = Postgres(small_disk, durable=True, segments=1)
    server.log = Path(tempfile.gettempdir()) / f"{small_disk.name}.log"
    with House(server.start().wait()) as house:
        house.settle()
        house.scene = Scene(house.stage).is_set()
        house.opens(DAPHNE, UVICORN)
        yield house
    server.stop()
    server.log.unlink()


def ballast(disk):
    """A file that leaves nothing free."""
    file = disk / "ballast"
    with file.open("wb") as out, contextlib.suppress(OSError):
        while True:
            out.write(bytes(65_536))
            out.flush()
    return file


def is_full(disk):
    return shutil.disk_usage(disk).free < 16_384


async def fills_up(house, disk, seconds, **manners):
    """The verdict on people who talk while the disk is full, until some were told that nothing can be saved."""
    async with Experiment(house, house.scene, rooms=1, tasks=0) as experiment:
        await experiment.gathers([web.address for web in house.webs], plain=0, **manners)
        async with experiment.talking():
            await asyncio.sleep(0.5)
            file = ballast(disk)
            assert is_full(disk)
            async with asyncio.timeout(60):
                while not told(experiment):
                    await experiment.bots[0].posts("x" * 7_000 + str(os.urandom(4)))
                    await asyncio.sleep(0.05)
            await asyncio.sleep(seconds)
            file.unlink()
            if (
                not house.postgres.lives
            ):  # it gives up when it cannot write its log; whoever runs it starts it again
                await asyncio.to_thread(lambda: house.postgres.start().wait())
        verdict = await experiment.settles(within=HEALED)
        return verdict, len(told(experiment))


def told(experiment):
    return [e for e in experiment.diary.entries() if e["what"] == "error" and e.get("code") == "unavailable"]


async def test_f27_the_disk_of_the_database_is_full(house, small_disk, report):
    verdict, refusals = await fills_up(house, small_disk, rounds(1, 20))
    report(f"{refusals} times told that it cannot be saved; {verdict}")
    flawless(verdict, 5)


async def test_f27_twin_without_a_client_id_does_not_heal(house, small_disk, report):
    verdict, _ = await fills_up(house, small_disk, 0.5, careful=False)
    report(f"{verdict.waiting} waiting; {verdict}")
    assert verdict.waiting or verdict.faults
