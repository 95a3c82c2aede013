"""What a browser is told with every page, at home and behind TLS."""

import json
import os
import re
import subprocess
import sys

import pytest

from .addresses import ASKS, filled
from .attacks import asks, browser_of

POLICY = {
    "default-src": {"'self'"},
    "script-src": {"'self'", "'nonce-'"},
    "style-src": {"'self'", "'nonce-'"},
    "img-src": {"'self'", "data:", "blob:"},
    "worker-src": {"'self'"},
    "manifest-src": {"'self'"},
    "connect-src": {"'self'"},
    "object-src": {"'none'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
    "form-action": {"'self'"},
}


def referrer_policy(answer):
    """Where the address holds a key, nobody is told it, also not our own proxy, by what comes next."""
    match = answer.wsgi_request.resolver_match
    return "strict-origin" if {"token", "key"} & match.kwargs.keys() else "same-origin"


def policy_of(answer):
    said = re.sub(r"'nonce-[^']*'", "'nonce-'", answer["Content-Security-Policy"])
    parts = [part.split() for part in said.split(";")]
    return {name: set(values) for name, *values in parts}


def test_s25_s26_s27_s30_every_answer_is_guarded(scene):
    for ask in ASKS:
        for who in (None, scene.ada, scene.eve):
            answer = asks(who, "GET", filled(ask, scene, who)[0])
            assert answer["X-Content-Type-Options"] == "nosniff", ask
            assert answer["X-Frame-Options"] == "DENY", ask
            assert answer["Cross-Origin-Opener-Policy"] == "same-origin", ask
            assert answer["Referrer-Policy"] == referrer_policy(answer), ask
            if answer.get("Content-Disposition"):
                assert policy_of(answer) == {"sandbox": set(), "default-src": {"'none'"}}
            else:
                assert policy_of(answer) == POLICY | {
                    name: values
                    for name, values in policy_of(answer).items()
                    if "'nonce-'" in POLICY.get(name, ())
                }, ask
                assert "unsafe" not in answer["Content-Security-Policy"], ask
            answer.close()


def test_s25_the_nonce_is_another_each_time(scene):
    client = browser_of(scene.ada)
    nonces = {
        re.search(r"nonce-([^']+)", client.get("/messaging/")["Content-Security-Policy"])[1] for _ in range(5)
    }
    assert len(nonces) == 5 and all(len(nonce) >= 16 for nonce in nonces)


# Faces, and pictures of pages elsewhere, are kept by the browser of whoever may see them, under a name that changes
# with the picture; the others are one for all.
KEPT = {"accounts:face", "messaging:preview", "messaging:worker", "messaging:manifest"}


def test_s81_nothing_of_a_signed_in_person_is_kept(scene):
    kept = []
    for ask in ASKS:
        answer = asks(scene.bob, "GET", filled(ask, scene, scene.bob)[0])
        if answer.status_code == 200 and "no-store" not in answer.get("Cache-Control", ""):
            kept.append(ask)
        answer.close()
    assert set(kept) <= KEPT


TLS = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
there = {"HTTP_HOST": "chat.example.org"}
page = Client().get("/accounts/login/", HTTP_X_FORWARDED_PROTO="https", **there)
cookie = page.cookies[settings.CSRF_COOKIE_NAME]
print(json.dumps({
    "headers": dict(page.headers), "status": page.status_code,
    "csrf": {**{key: cookie[key] for key in cookie}, "name": cookie.key},
    "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY,
                settings.SESSION_COOKIE_SAMESITE, settings.SESSION_COOKIE_DOMAIN, settings.SESSION_COOKIE_PATH],
    "plain": dict(Client().get("/accounts/login/", **there).headers),
    "spoofed_host": Client().get("/accounts/login/", HTTP_X_FORWARDED_HOST="evil.example",
                                 HTTP_X_FORWARDED_PROTO="https", **there).content.decode().count("evil.example"),
    "other_host": Client(raise_request_exception=False).get("/accounts/login/", HTTP_HOST="evil.example").status_code,
    "proxies": settings.ALLAUTH_TRUSTED_PROXY_COUNT,
    "debug": settings.DEBUG,
}))
"""


@pytest.fixture(scope="module")
def behind_tls(tmp_path_factory):
    there = {
        "PRIZMAI_DATA": str(tmp_path_factory.mktemp("tls")),
        "ALLOWED_ORIGINS": "https://chat.example.org",
        "DJANGO_SETTINGS_MODULE": "kanban_board.settings",
    }
    environment = {
        key: value for key, value in os.environ.items() if key not in ("ALLOWED_HOSTS", "DEBUG")
    } | there
    ran = subprocess.run(
        [sys.executable, "-c", TLS], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def test_s28_cookies_stay_with_this_host_and_out_of_scripts(behind_tls):
    assert behind_tls["session"] == ["__Host-sessionid", True, True, "Lax", None, "/"]
    csrf = behind_tls["csrf"]
    assert (
        csrf["name"] == "__Host-csrftoken"
        and csrf["secure"]
        and csrf["httponly"]
        and csrf["samesite"] == "Lax"
    )
    assert csrf["path"] == "/" and not csrf["domain"]


def test_s28_at_home_too_scripts_do_not_see_the_session(settings):
    assert settings.SESSION_COOKIE_HTTPONLY and settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_s29_a_browser_comes_back_by_tls_only(behind_tls):
    assert behind_tls["status"] == 200
    seconds = int(re.search(r"max-age=(\d+)", behind_tls["headers"]["Strict-Transport-Security"])[1])
    assert seconds >= 365 * 24 * 3600
    assert behind_tls["headers"]["Strict-Transport-Security"] == f"max-age={seconds}"
    assert behind_tls["plain"]["Location"] == "https://chat.example.org/accounts/login/"


def test_s37_a_host_is_not_taken_from_a_client(behind_tls):
    assert behind_tls["spoofed_host"] == 0 and behind_tls["other_host"] == 400


def test_s53_behind_a_proxy_people_are_told_apart(behind_tls):
    """Otherwise everybody shares the proxy's address, and one stranger's guesses lock all others out."""
    assert behind_tls["proxies"] == 1


def test_s77_behind_tls_debug_is_off(behind_tls):
    assert behind_tls["debug"] is False
