"""A Redis of our own, which keeps nothing."""

import shutil
import socket

from operations.start.redis_choice import find_server

from .part import Part, free_port


def server():
    """The path of the program: the machine's, or else the one that the product brings along."""
    return shutil.which("redis-server") or shutil.which("valkey-server") or find_server()


class Redis(Part):
    def __init__(self, folder, port=None):
        self.port = port or free_port()
        command = [server(), "--port", self.port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        super().__init__(
            "Redis",
            [*command, "--dir", folder],
            log=folder / "redis.log",
            answers=lambda: self.says("PING"),
        )

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}"

    def says(self, command):
        """The answer to one inline command, or an empty string."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(f"{command}\r\n".encode())
                return line.recv(4096).decode(errors="replace")
        except OSError:
            return ""

    def forget_everything(self):
        self.is_told("FLUSHALL")

    def ends_in_peace(self):
        self.says("SHUTDOWN NOSAVE")
        self.process.wait(5)
        self.kill()

    def is_told(self, command):
        """A command that must be obeyed."""
        answer = self.says(command)
        assert answer.startswith(("+OK", ":")), f"{command}: {answer}"
        return answer
