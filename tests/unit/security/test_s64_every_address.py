"""Every address, asked by everybody: the URLconf is walked, so an address nobody declared cannot hide."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from .addresses import API, ASKS, filled, nowhere, patterns
from .answers import CAST, DECLARED, METHOD_NOT_ALLOWED
from .attacks import asks, browser_of, in_a_word, state, words

# A mail program posts there for its person (RFC 8058), with nothing but the signed token of the letter;
# a program for its bot, with nothing but the secret of its webhook; an assistant with the token of its person.
LET_IN_BY_THEIR_OWN_TOKEN = {
    "messaging:unsubscribe",
    "messaging:say_by_header",
    "messaging:say_by_hook",
    "mcp",
}
REFUSED = {"in", "401", "403", "404", "405"}


@pytest.fixture
def who(scene):
    """{name: the person, or None for nobody}"""
    return {name: getattr(scene, name, None) for name in CAST}


def expected(ask, method, name):
    answers = DECLARED.get((ask, "GET" if method == "HEAD" else method))
    return {answers[name]} if answers else METHOD_NOT_ALLOWED


@pytest.fixture
def answer_to(scene, who):
    """Asks one thing and undoes it; returns (the answer in a word, whether anything changed that must not have)."""
    before = state()

    def asked(name, ask, method):
        path, form = filled(ask, scene, who[name])
        with transaction.atomic():
            answer = asks(who[name], method, path, form)
            word = in_a_word(answer)
            changed = (method != "POST" or word in REFUSED) and state() != before
            answer.close()
            transaction.set_rollback(True)
        return word, changed

    return asked


def everything_asked():
    """What is declared by the whole cast, what is not by those who know the most and the least."""
    for ask in ASKS:
        for method in ("GET", "POST"):
            for name in CAST if (ask, method) in DECLARED else ("nobody", "eve", "ada"):
                yield name, ask, method


def test_s64_every_address_is_declared_and_nothing_else():
    assert {ask.partition("#")[0] for ask in ASKS} == patterns().keys() - API
    assert {ask for ask, _ in DECLARED} == set(ASKS)


def test_s64_everybody_gets_the_answer_that_was_declared(answer_to):
    wrong = []
    for name, ask, method in everything_asked():
        word, changed = answer_to(name, ask, method)
        if word not in expected(ask, method, name):
            wrong.append(f"{name} {method} {ask}: {word} instead of {expected(ask, method, name)}")
        if changed:
            wrong.append(f"{name} {method} {ask}: {word}, but changes something")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("ask", ["boards:rename", "messaging:messages#open", "messaging:files#private"])
def test_s64_a_change_would_be_seen(scene, ask):
    before = state()
    asks(scene.ada, "POST", *filled(ask, scene))
    assert state() != before


def test_s24_looking_without_the_body_changes_nothing_either(answer_to):
    for ask in ASKS:
        word, changed = answer_to("ada", ask, "HEAD")
        assert word in expected(ask, "HEAD", "ada") and not changed, ask


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_s64_other_methods_lead_nowhere(answer_to, method):
    for ask in ASKS:
        if not ask.startswith(("account_", "/")):
            word, changed = answer_to("ada", ask, method)
            assert word == "405" and not changed, ask


def test_s64_a_superuser_gets_the_answers_of_anybody(scene):
    eve = scene.eve
    eve.is_superuser = eve.is_staff = True
    eve.save()
    for ask, method in DECLARED:
        if ask.startswith(("boards:", "messaging:")) and ask != "messaging:export_everything":
            with transaction.atomic():
                answer = asks(eve, method, *filled(ask, scene, eve))
                assert in_a_word(answer) == DECLARED[ask, method]["eve"], ask
                transaction.set_rollback(True)


def test_s23_every_post_needs_a_csrf_token(scene, who):
    let_in = []
    for ask in ASKS:
        if ask.partition("#")[0] in LET_IN_BY_THEIR_OWN_TOKEN:
            continue
        path, form = filled(ask, scene, scene.ada)
        for name in ("ada", "nobody"):
            answer = browser_of(who[name], enforce_csrf_checks=True).post(path, form)
            if answer.status_code != 403:
                let_in.append(f"{name} {ask}: {answer.status_code}")
    assert not let_in, "\n".join(let_in)


def test_s23_with_the_token_it_is_let_in(scene):
    client = browser_of(scene.ada, enforce_csrf_checks=True)
    client.get("/messaging/")
    token = client.cookies["csrftoken"].value
    path, form = filled("messaging:messages#open", scene)
    assert client.post(path, form | {"csrfmiddlewaretoken": token}).status_code == 302
    assert client.post(path, form, headers={"X-CSRFToken": token}).status_code == 302


def test_s23_no_other_view_is_exempt():
    exempt = {name for name, one in patterns().items() if getattr(one.callback, "csrf_exempt", False)}
    assert exempt == LET_IN_BY_THEIR_OWN_TOKEN | API


@pytest.mark.parametrize("name", ["eve", "otto", "rex", "gus"])
def test_s76_what_is_hidden_answers_like_what_is_not_there(scene, who, name):
    told_apart = []
    for ask, method in DECLARED:
        if not nowhere(ask) or DECLARED[ask, method][name] not in ("403", "404"):
            continue
        path, form = filled(ask, scene, who[name])
        here, there = asks(who[name], method, path, form), asks(who[name], method, nowhere(ask), form)
        if (here.status_code, words(here)) != (there.status_code, words(there)):
            told_apart.append(f"{method} {ask}: {here.status_code} {there.status_code}")
    assert not told_apart, "\n".join(told_apart)


@pytest.mark.parametrize("name", ["eve", "otto", "rex", "gus"])
def test_s76_what_is_hidden_is_looked_for_as_long_as_what_is_not_there(scene, who, name):
    """The time tells nothing: as many questions are asked of the database."""
    told_apart = []
    for ask, method in DECLARED:
        if method == "GET" and nowhere(ask) and DECLARED[ask, method][name] in ("403", "404"):
            paths = filled(ask, scene, who[name])[0], nowhere(ask)
            here, there = (questions_of(asks, who[name], method, path) for path in paths)
            if here != there:
                told_apart.append(f"{ask}: {here} {there}")
    assert not told_apart, "\n".join(told_apart)


def questions_of(act, *what):
    with CaptureQueriesContext(connection) as asked:
        act(*what)
    return len(asked)
