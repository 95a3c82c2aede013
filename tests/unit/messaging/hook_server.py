"""A server of somebody else on this machine, to which webhooks are sent."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

IN_ITS_HEAD = b"HTTP/1.1 200 OK\r\nX-Slow: "
IN_ITS_BODY = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"


class HookServer:
    """Answers each POST with `status` and `answer`, and keeps (headers, body); with `drips` its answer has no end.

    What it `drips` is how that answer begins; what it `garbles` are the bytes of an answer that is none.
    """

    def __init__(self):
        self.heard, self.status, self.answer, self.location, self.drips = [], 200, b"", None, b""
        self.garbles, self._all_are_there = b"", None
        self.is_closing = threading.Event()
        service = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.heard.append((dict(self.headers), body))
                if service._all_are_there:
                    service._all_are_there.wait()
                if service.drips:
                    return self.drip()
                if service.garbles:
                    return self.wfile.write(service.garbles)
                self.send_response(service.status)
                if service.location:
                    self.send_header("Location", service.location)
                self.send_header("Content-Length", str(len(service.answer)))
                self.end_headers()
                self.wfile.write(service.answer)

            def drip(self):
                self.wfile.write(service.drips)
                try:
                    while not service.is_closing.is_set():
                        self.wfile.write(b"x")
                        time.sleep(0.02)
                except OSError:
                    service.is_closing.set()

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.place = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.place}/hook?from=chat"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def answers_together(self, requests):
        """None of so many is answered before all are there."""
        self._all_are_there = threading.Barrier(requests)

    def told(self):
        return [json.loads(body) for _, body in self.heard]

    def closes(self):
        self.is_closing.set()
        if self._all_are_there:
            self._all_are_there.abort()
        self._server.shutdown()
        self._server.server_close()
