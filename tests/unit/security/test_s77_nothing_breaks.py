"""Numbers, names and bodies that no form of ours sends: refused in a sentence, and never with a traceback."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.test import Client, override_settings
from django.urls import path

from .addresses import ASKS, filled, form_for, path_to
from .attacks import asks, browser_of

NUMBERS = [
    "9" * 18,
    "9" * 19,
    "9" * 30,
    "9" * 5000,
    "0" * 12 + "9" * 40,
    "-1",
    "1e9",
    "²",
    "٣",
    "1.5",
    "NaN",
    "\0",
    "' OR 1=1--",
]


@pytest.mark.parametrize("number", ["9" * 18, "9" * 19, "9" * 30, "0" * 5000 + "1"])
def test_s77_no_number_in_an_address_breaks_anything(scene, number):
    broken = []
    for ask, (args, form) in ASKS.items():
        if args and not ask.startswith("account") and "file" not in args:
            there = path_to(ask, [1] * len(args)).replace("/1/", f"/{number}/")
            for method in ("GET", "POST"):
                answer = asks(scene.ada, method, there, form_for(form, scene, scene.ada))
                if answer.status_code >= 500:
                    broken.append(f"{method} {ask}")
    assert not broken


@pytest.mark.parametrize("number", NUMBERS, ids=lambda text: repr(text[:10]) + str(len(text)))
def test_s77_no_value_in_a_form_breaks_anything(scene, number):
    fields = {
        "boards:move_task": ["column", "before", "after"],
        "boards:create_task": ["title", "client_id"],
        "boards:move_column": ["before"],
        "boards:assign_task": ["people", "was"],
        "boards:label_task": ["labels", "was"],
        "messaging:make_card": ["column", "title", "for_me"],
        "boards:edit_task": ["title", "due", "description", "was_title", "was_due", "was_description"],
        "boards:add_person": ["person", "role"],
        "boards:change_role": ["role"],
        "boards:create_label": ["name", "colour"],
        "messaging:notifications": ["ids"],
        "messaging:direct": ["people"],
        "messaging:create_room": ["people", "name", "description"],
        "messaging:add_person": ["user"],
        "messaging:messages#open": ["reply_to", "attachments", "client_id", "message"],
        "accounts:profile": ["display_name", "time_zone", "theme"],
    }
    broken, ada = [], browser_of(scene.ada)
    for ask, names in fields.items():
        for name in names:
            there, form = filled(ask, scene, scene.ada)
            form = {key: value for key, value in form.items() if key != "all"} | {name: number}
            if asks(scene.ada, "POST", there, form).status_code >= 500:
                broken.append(f"{ask} {name}")
    for query in ("before", "after", "around", "limit"):
        there = f"/messaging/conversation/{scene.hangar.pk}/messages/"
        if ada.get(there, {query: number}).status_code >= 500:
            broken.append(query)
    if ada.get("/messaging/direct/", {"q": number}).status_code >= 500:
        broken.append("q")
    assert not broken


NOWHERE = [
    "/messaging/find/?q=%00",
    "/messaging/destinations/?q=a%00",
    "/messaging/search/?q=%00",
    "/messaging/file/%00/",
    "/accounts/face/%00/64/",
]


@pytest.mark.parametrize("there", NOWHERE)
def test_s77_an_address_with_a_nul_leads_nowhere(scene, there):
    assert browser_of(scene.ada).get(there).status_code == 400


@pytest.mark.parametrize("key", ["\\000aaaaaaaaaaaa", "\\377" * 40, "' OR 1=1 -- aaaa", "a" * 7])
def test_s77_no_session_is_looked_for_under_a_name_that_none_has(scene, key, django_assert_num_queries):
    cookie = {"Cookie": f'sessionid="{key}"'}
    with django_assert_num_queries(0):
        answer = browser_of(None).get("/messaging/", headers=cookie)
    assert answer.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z"]
)
def test_s77_no_time_breaks_anything(scene, moment):
    there = f"/messaging/conversation/{scene.hangar.pk}/scheduled/"
    answer = browser_of(scene.gus).post(
        there, {"message": "x", "send_at": moment}, content_type="application/json"
    )
    assert answer.status_code == 400 and answer.json()["detail"]


@pytest.mark.parametrize(
    "body",
    ["[" * 100_000, '{"message": "x", "reply_to": ' + "9" * 5000 + "}", '{"message": "\\ud800"}',
     '{"message": "a\\u0000"}', '{"message": NaN}', "null", '"x"', "\xff", '{"message": "x", "attachments": [{}]}',
     '{"message": "x", "attachments": [99999999999999999999999]}', '{"message": "x", "client_id": {}}' * 2],
)  # fmt: skip
def test_s12_no_json_breaks_anything(scene, body):
    there = f"/messaging/conversation/{scene.hangar.pk}/messages/"
    answer = browser_of(scene.gus).post(there, body.encode("latin-1"), content_type="application/json")
    assert answer.status_code == 400 and answer.json()["detail"]


def test_s87_a_post_sets_nothing_but_what_it_says(scene):
    forged = {
        "message": "Hello",
        "user_id": scene.ada.pk,
        "author": scene.ada.pk,
        "author_name": "Ada",
        "seq": 1,
    }
    forged |= {"created_at": "2001-01-01", "kind": "system", "event": {"what": "cleared"}, "html": "<b>x</b>"}
    forged |= {
        "id": 1,
        "conversation_id": scene.private.pk,
        "is_admin": True,
        "deleted_at": None,
        "revision": 1,
    }
    there = f"/messaging/conversation/{scene.hangar.pk}/messages/"
    answer = browser_of(scene.gus).post(there, json.dumps(forged), content_type="application/json")
    message = scene.hangar.messages.get(pk=answer.json()["message_id"])
    assert (message.author, message.kind, message.event, message.html) == (scene.gus, "said", None, None)
    assert message.seq == answer.json()["seq"] > 1 and message.created_at.year > 2020


def test_s87_the_first_administrators_form_gives_no_other_rights(scene):
    there, form = filled("accounts:first", scene)
    asks(None, "POST", there, form | {"is_active": "", "pk": scene.eve.pk, "id": scene.eve.pk})
    scene.eve.refresh_from_db()
    assert scene.eve.username == "eve" and not scene.eve.is_superuser


# -- what goes wrong with us -----------------------------------------------------------------------------------------


def breaks(request):
    secret_in_a_local = "the body of a letter"  # noqa: F841
    raise RuntimeError("a secret in an exception")


def refuses(request):
    raise PermissionDenied("a secret in a refusal")


urlpatterns = [path("breaks", breaks), path("refuses", refuses)]


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(("there", "status"), [("/breaks", 500), ("/refuses", 403), ("/nothing", 404)])
def test_s77_no_page_shows_how_we_are_made(db, there, status):
    answer = Client(raise_request_exception=False).get(there)
    assert answer.status_code == status
    page = answer.content.decode()
    for told in ("Traceback", "secret", "RuntimeError", __name__, "urlpatterns", "site-packages", "DEBUG"):
        assert told not in page


def test_s77_debug_is_off_unless_asked_for(monkeypatch):
    from kanban_board import environment

    monkeypatch.delenv("DEBUG", raising=False)
    assert environment.flag("DEBUG") is False


@pytest.mark.parametrize("said", ["0.5", "nan", "a month"])
def test_what_is_no_whole_number_is_refused_in_words(said, monkeypatch):
    from kanban_board import environment

    monkeypatch.setenv("RETENTION_DAYS", "30")
    assert environment.whole("RETENTION_DAYS", 0) == 30
    monkeypatch.setenv("RETENTION_DAYS", said)
    with pytest.raises(ImproperlyConfigured, match=f"RETENTION_DAYS is '{said}'; write a whole number"):
        environment.whole("RETENTION_DAYS", 0)


def test_a_number_below_nought_is_told_so(monkeypatch):
    from kanban_board import environment

    monkeypatch.setenv("FILES_GB_IN_ALL", "-1")
    with pytest.raises(ImproperlyConfigured, match="FILES_GB_IN_ALL is '-1'; it must not be below 0"):
        environment.number("FILES_GB_IN_ALL", 0)


def test_a_file_is_no_data_folder(monkeypatch, tmp_path):
    from kanban_board import environment

    (tmp_path / "hostname").touch()
    monkeypatch.setenv("PRIZMAI_DATA", str(tmp_path / "hostname"))
    with pytest.raises(ImproperlyConfigured, match="hostname is a file; name a folder"):
        environment.folder("PRIZMAI_DATA", "")


def test_what_is_set_to_nothing_was_not_set(monkeypatch):
    from kanban_board import environment

    monkeypatch.setenv("SAID", " ")
    assert environment.flag("SAID", default=True) is True
    assert environment.text("SAID", "else") == "else" and environment.words("SAID", "a,b") == ["a", "b"]
