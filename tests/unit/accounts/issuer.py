"""An issuer of identities on loopback, over real HTTP: discovery, keys, authorisation, token, person.

It is as strict as a good one (secret, redirect, code once, PKCE), and lies only where a test has it lie.
"""

import base64
import contextlib
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "prizmai", "the secret of the client"


class Issuer:
    """Vouches for `person`. `lies` are added to what is said: of itself, of the identity, of the person."""

    def __init__(self, address):
        self.address = address
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.settle()

    def settle(self):
        self.person = {"sub": "7", "email": "udo@example.org", "email_verified": True, "name": "Udo Uhu"}
        self.lies = {"itself": {}, "identity": {}, "person": {}, "token": {}}
        self.refuses, self.codes, self.asked = None, {}, []
        self.sends_on = None  # a path, from which it leads elsewhere

    def of_itself(self):
        told = {"issuer": self.address, "jwks_uri": f"{self.address}/keys"}
        told |= {
            f"{name}_endpoint": f"{self.address}/{name}" for name in ("authorization", "token", "userinfo")
        }
        return told | {"code_challenge_methods_supported": ["S256"]} | self.lies["itself"]

    def keys(self):
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [key | {"kid": "1", "alg": "RS256", "use": "sig"}]}

    def authorize(self, asked):
        """Where the browser is sent back to."""
        if self.refuses:
            back = {"error": self.refuses}
        else:
            back = {"code": secrets.token_hex(8)}
            self.codes[back["code"]] = asked
        return f"{asked['redirect_uri']}?{urlencode(back | {'state': asked['state']})}"

    def token(self, given):
        """(status, what is answered) for a code."""
        asked = self.codes.pop(given.get("code"), None)
        if asked is None or (given["client_id"], given["client_secret"]) != (CLIENT, SECRET):
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant", "error_description": "PKCE"}
        if given["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant", "error_description": "redirect_uri"}
        return 200, {
            "access_token": "at",
            "token_type": "Bearer",
            "id_token": self.identity(asked),
        } | self.lies["token"]

    def identity(self, asked):
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": self.person["sub"],
            "iat": now,
            "exp": now + 60,
            "nonce": asked["nonce"],
        }
        claims = {name: said for name, said in (claims | self.lies["identity"]).items() if said is not None}
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})


@contextlib.contextmanager
def running():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.issuer = Issuer(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server.issuer
    finally:
        server.shutdown()
        server.server_close()


class Door(BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802  http.server's name
        issuer, asked = self.server.issuer, urlsplit(self.path)
        issuer.asked.append(asked.path)
        if asked.path == issuer.sends_on:
            return self.answers(307, {}, Location=f"{issuer.address}/elsewhere")
        match asked.path:
            case "/.well-known/openid-configuration":
                self.answers(200, issuer.of_itself())
            case "/keys":
                self.answers(200, issuer.keys())
            case "/authorization":
                there = issuer.authorize({name: said for name, (said,) in parse_qs(asked.query).items()})
                self.answers(302, {}, Location=there)
            case "/userinfo" if self.headers.get("Authorization") == "Bearer at":
                self.answers(200, issuer.person | issuer.lies["person"])
            case _:
                self.answers(404, {})

    def do_POST(self):  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {name: said for name, (said,) in parse_qs(body).items()}
        issuer = self.server.issuer
        issuer.asked.append(self.path)
        if self.path == issuer.sends_on:
            return self.answers(307, {}, Location=f"{issuer.address}/elsewhere")
        self.answers(*issuer.token(given))

    def answers(self, status, told, **headers):
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
        }.items() | headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass
