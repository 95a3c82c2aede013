"""A Redis of our own, which keeps nothing."""

import shutil
import socket

from .part import Part, free_port


class Redis(Part):
    def __init__(self, folder, port=None):
        self.port = port or free_port()
        binary = shutil.which("redis-server") or shutil.which("valkey-server")
        command = [binary, "--port", self.port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        super().__init__(
            "Redis", [*command, "--dir", folder], log=folder / "redis.log", answers=lambda: self.says("PING")
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
