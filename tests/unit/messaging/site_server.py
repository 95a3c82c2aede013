"""A site of somebody else on this machine, whose pages are looked at."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html><html><head><title>Wings of 2026</title>
<meta property="og:title" content="How wings &amp; tails are made">
<meta property="og:description" content="From aluminium, mostly.">
<meta property="og:site_name" content="The Hangar Post"><meta property="og:image" content="/wing.png">
</head><body>Much more.</body></html>"""


class SiteServer:
    """Answers each GET with what `pages` have for its path, bytes or (status, headers, body); notes (path, headers).

    A body that is None has no end: a byte comes from time to time.
    """

    def __init__(self):
        self.asked, self.pages = [], {"/wings": PAGE.encode()}
        self.is_closing = threading.Event()
        site = self

        class Door(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.path, dict(self.headers)))
                page = site.pages.get(self.path, (404, {}, b""))
                status, headers, body = page if isinstance(page, tuple) else (200, {}, page)
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if body is None:
                    self.drip()
                else:
                    self.send(body)

            def send(self, body):
                try:
                    self.wfile.write(body)
                except OSError:  # who asked has heard enough
                    site.asked.append(("hung up", {}))

            def drip(self):
                try:
                    while not site.is_closing.is_set():
                        self.wfile.write(b"x")
                        time.sleep(0.02)
                except OSError:
                    site.is_closing.set()

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.place = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def url(self, path="/wings"):
        return f"http://{self.place}{path}"

    def closes(self):
        self.is_closing.set()
        self._server.shutdown()
        self._server.server_close()
