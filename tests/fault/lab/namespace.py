"""A network of its own, made by the kernel for one thread: what is started there reaches only what is there too."""

import ctypes
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

CLONE_NEWNET = 0x40000000


class Namespace:
    """`runs(function, ...)` within it. Processes started there stay there; it ends with the last of them."""

    def __init__(self):
        self._thread = ThreadPoolExecutor(1)
        self._thread.submit(_leave).result()
        self.descriptor = self._thread.submit(os.open, "/proc/thread-self/ns/net", os.O_RDONLY).result()

    def runs(self, function, *args, **kwargs):
        return self._thread.submit(function, *args, **kwargs).result()

    def joined_by_this_thread(self):
        if ctypes.CDLL(None, use_errno=True).setns(self.descriptor, CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")

    def loses(self, share):
        """This share of all packets, at random."""
        chance = ["-m", "statistic", "--mode", "random", "--probability", str(share)]
        self.runs(_run, "iptables", "-A", "INPUT", "-i", "lo", "-p", "tcp", *chance, "-j", "DROP")

    def heals(self):
        self.runs(_run, "iptables", "-F", "INPUT")

    def close(self):
        self._thread.shutdown()
        os.close(self.descriptor)


def missing():
    """Why there can be none here, or an empty string."""
    if os.getuid() != 0:
        return "only root may make a network of its own"
    return "" if shutil.which("iptables") and shutil.which("ip") else "iptables or iproute2 is missing"


def _leave():
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "unshare")
    _run("ip", "link", "set", "lo", "up")


def _run(*command):
    subprocess.run(command, check=True, capture_output=True)
