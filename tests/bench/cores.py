"""A server has one core to itself; its database, its Redis and the generator share the other."""

import os
from pathlib import Path

SERVER, OTHERS = 0, 1


def pin(pid, core):
    """All threads of a process, and whatever they start; on a machine with one core nothing."""
    if hasattr(os, "sched_setaffinity") and os.cpu_count() > 1:
        for thread in Path("/proc", str(pid), "task").iterdir():
            os.sched_setaffinity(int(thread.name), {core})


def spent(pid):
    """Seconds of CPU: fields 14 and 15 of proc(5)'s stat, which follow a name that may hold anything."""
    fields = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
