"""A push service of our own on this machine, and a browser that can read what comes through it."""

import base64
import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec


def text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Browser:
    """What a browser tells when it subscribes, and how it reads what it gets."""

    def __init__(self, service, name="ada"):
        self.endpoint = f"{service.address}/{name}"
        self._key, self._secret = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        point = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        self.keys = {"p256dh": text(self._key.public_key().public_bytes(*point)), "auth": text(self._secret)}

    def reads(self, body):
        words = http_ece.decrypt(body, private_key=self._key, auth_secret=self._secret, version="aes128gcm")
        return json.loads(words)


class PushService:
    """Answers each POST with `status`, and keeps (path, headers, body)."""

    def __init__(self):
        self.heard, self.status, self.location = [], 201, None
        service = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.heard.append((self.path, dict(self.headers), body))
                self.send_response(service.status)
                if service.location:
                    self.send_header("Location", service.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def closes(self):
        self._server.shutdown()
        self._server.server_close()
