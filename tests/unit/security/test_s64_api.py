"""Every door of the API, asked with every kind of token and with none: the URLconf is walked, so none can hide."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import make_token
from accounts.models import AccessToken
from accounts.scopes import SCOPES
from kanban_board.api.describing import operations
from live import rate
from messaging import limits

from .addresses import API
from .api_doors import CALLS, CAST, DECLARED, asked_of, names_something
from .attacks import browser_of, state

READING = [scope for scope in SCOPES if scope.endswith(":read")]


def doors():
    """{name: (method, scope or None)}, as the doors themselves have it."""
    found = {f"api:{one.view_func.__name__}": one for one in operations()}
    known = {name: (one.methods[0], one.auth_callbacks[0].scope) for name, one in found.items()}
    return known | {"api:nothing": ("GET", None)}


DOORS = doors()
BEHIND_TOKENS = [call for call in CALLS if call != "api:nothing"]


def method_of(call):
    return DOORS[call.partition("#")[0]][0]


def writes(call):
    return method_of(call) != "GET"


@pytest.fixture
def calls(scene):
    """Calls one door and undoes it: (the answer, whether anything changed)."""

    def called(call, secret=None, client=None, at_nothing=False, **headers):
        rate.POSTS.clear()
        limits.SEARCHES.clear()
        before = state()
        with transaction.atomic():
            answer = _call(scene, call, secret, client or Client(), at_nothing, headers)
            answer.read = answer.getvalue() if answer.streaming else answer.content
            changed = state() != before
            transaction.set_rollback(True)
        return answer, changed

    return called


def _call(scene, call, secret, client, at_nothing, headers):
    address, query, body = asked_of(call, scene, at_nothing=at_nothing)
    there = reverse(call.partition("#")[0], kwargs=address) + ("?" + urlencode(query) if query else "")
    headers = headers | ({"Authorization": f"Bearer {secret}"} if secret else {})
    if isinstance(body, dict):
        return client.post(there, body, headers=headers)
    return client.generic(method_of(call), there, body or "", "application/json", headers=headers)


@pytest.fixture
def secrets(scene):
    """{name: a token of theirs with every scope}"""
    return {name: make_token(by=getattr(scene, name), name="Bot", scopes=SCOPES)[1] for name in CAST}


def test_s64_every_door_is_declared_and_nothing_else():
    assert {call.partition("#")[0] for call in CALLS} == API == DOORS.keys()
    assert DECLARED.keys() == CALLS.keys()


def test_s64_everybody_gets_the_answer_that_was_declared(secrets, calls):
    wrong = []
    for call in CALLS:
        for name in CAST:
            answer, changed = calls(call, secrets[name])
            if str(answer.status_code) != DECLARED[call][name]:
                wrong.append(
                    f"{name} {call}: {answer.status_code}, not {DECLARED[call][name]}: {answer.read}"
                )
            if changed and (answer.status_code >= 400 or not writes(call)):
                wrong.append(f"{name} {call}: {answer.status_code}, but changes something")
    assert not wrong, "\n".join(wrong)


def test_s64_a_change_by_a_token_would_be_seen(secrets, calls):
    same = {"api:restore_card", "api:move_item", "api:unreact", "api:unpin"}  # what is so already
    done = {call for call in CALLS if writes(call) and DECLARED[call]["ada"][0] == "2"}
    assert {call for call in done if not calls(call, secrets["ada"])[1]} == same


@pytest.mark.parametrize("kind", ["none", "unknown", "ended", "over", "a deactivated person's", "a cookie"])
def test_s64_no_door_opens_without_a_token_that_stands(scene, calls, kind):
    token, secret = make_token(by=scene.ada, name="Bot", scopes=SCOPES)
    client = Client()
    match kind:
        case "none":
            secret = None
        case "unknown":
            secret = secret[:-1] + "?"
        case "ended":
            token.delete()
        case "over":
            AccessToken.objects.filter(pk=token.pk).update(good_until=timezone.now() - timedelta(seconds=1))
        case "a deactivated person's":
            type(scene.ada).objects.filter(pk=scene.ada.pk).update(is_active=False)
        case "a cookie":
            client, secret = browser_of(scene.ada), None
    let_in = []
    before = state()
    for call in BEHIND_TOKENS:
        answer, _ = calls(call, secret, client)
        challenge = answer.headers.get("WWW-Authenticate", "")
        says = 'Bearer realm="PrizmAI"' + (', error="invalid_token"' if secret else "")
        if (answer.status_code, challenge) != (401, says) or "profile" not in answer.json()["detail"]:
            let_in.append(f"{call}: {answer.status_code} {challenge}")
    assert not let_in, "\n".join(let_in)
    assert state() == before


def test_s64_a_token_that_reads_does_not_write(scene, calls):
    _, secret = make_token(by=scene.ada, name="Bot", scopes=READING)
    for call in BEHIND_TOKENS:
        answer, changed = calls(call, secret)
        scope = DOORS[call.partition("#")[0]][1]
        if writes(call):
            assert answer.status_code == 403 and answer.json()["code"] == "insufficient_scope", call
            assert f'error="insufficient_scope", scope="{scope}"' in answer.headers["WWW-Authenticate"]
        else:
            assert str(answer.status_code) == DECLARED[call]["ada"], call
        assert not changed, call


@pytest.mark.parametrize("noun", ["messages", "boards"])
def test_s64_a_token_that_writes_alone_hears_no_words(scene, calls, noun):
    """Numbers and names of one's own choosing alone; of a file that is brought, what one has brought."""
    word, here = {"messages": "message", "boards": "title"}[noun], set()
    for call in BEHIND_TOKENS:
        if DOORS[call.partition("#")[0]][1] != f"{noun}:write":
            continue
        own = {"name", "content_type", "url"} if call.startswith("api:upload") else set()
        by = scene.bob if DECLARED[call]["bob"][0] == "2" else scene.ada
        alone, both = (answer_to(calls, call, by, noun, deeds) for deeds in (["write"], ["write", "read"]))
        assert words_of(alone) <= {"type", "client_id", "timestamp"} | own, (call, alone)
        here |= words_of(both)
    assert word in here, "no door tells words"


def answer_to(calls, call, by, noun, deeds):
    _, secret = make_token(by=by, name="Bot", scopes=[f"{noun}:{deed}" for deed in deeds])
    answer, _ = calls(call, secret)
    assert answer.status_code in (200, 201), call
    return answer.json()


def words_of(answer):
    """The names of what is more than a number."""
    return {name for name, told in answer.items() if told and not isinstance(told, int)}


@pytest.mark.parametrize("scope", SCOPES)
def test_s64_a_scope_opens_its_own_doors_alone(scene, calls, scope):
    _, secret = make_token(by=scene.ada, name="Bot", scopes=[scope])
    for call in BEHIND_TOKENS:
        wanted = DOORS[call.partition("#")[0]][1]
        if wanted not in (None, scope):
            assert calls(call, secret)[0].status_code == 403, call


def test_s64_what_writes_needs_a_scope_that_writes():
    assert {
        name for name, (method, scope) in DOORS.items() if method != "GET" and not scope.endswith(":write")
    } == set()


@pytest.mark.parametrize("name", ["eve", "otto", "rex", "gus"])
def test_s76_what_is_hidden_answers_like_what_is_not_there(secrets, calls, name):
    told_apart = []
    for call in filter(names_something, CALLS):
        if DECLARED[call][name] in ("403", "404"):
            here, there = (calls(call, secrets[name], at_nothing=nothing)[0] for nothing in (False, True))
            if (here.status_code, here.content) != (there.status_code, there.content):
                told_apart.append(f"{call}: {here.status_code} {here.content} {there.content}")
    assert not told_apart, "\n".join(told_apart)


@pytest.mark.parametrize(
    "there", ["/messaging/", "/boards/", "/accounts/profile/", "/accounts/tokens/", "/api/v1/"]
)
def test_s64_no_page_opens_by_a_token(secrets, there):
    answer = Client().get(there, headers={"Authorization": f"Bearer {secrets['ada']}"})
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_s63_a_token_in_an_address_or_a_form_is_none(secrets):
    secret = secrets["ada"]
    for name in ("access_token", "token"):
        assert Client().get("/api/v1/me", {name: secret}).status_code == 401
        assert Client().post("/api/v1/direct", {name: secret}).status_code == 401


def test_s64_a_superuser_gets_the_answers_of_anybody(scene, secrets, calls):
    scene.eve.is_superuser = scene.eve.is_staff = True
    scene.eve.save()
    for call in CALLS:
        assert str(calls(call, secrets["eve"])[0].status_code) == DECLARED[call]["eve"], call
