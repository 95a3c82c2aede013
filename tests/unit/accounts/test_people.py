"""People: their names, their sessions, their profile."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import Session
from accounts.pictures.faces import keep_face, path_of
from accounts.sessions.validity import still_valid
from accounts.signals import person_changed

PASSWORD = "a long enough sentence"


@pytest.fixture
def ada(db):
    return get_user_model().objects.create_user(
        "ada", "ada@example.org", PASSWORD, display_name="Ada Lovelace"
    )


def browser_of(username, password=PASSWORD, **how):
    """A browser in which this person has signed in by the page."""
    client = Client(**how)
    answer = client.post("/accounts/login/", {"login": username, "password": password})
    assert answer.status_code == 302, answer.content
    return client


def is_in(client):
    return client.get("/accounts/profile/").status_code == 200


def key(client):
    return client.cookies["sessionid"].value


def test_user_names_differ_by_more_than_case(ada):
    with pytest.raises(IntegrityError):
        get_user_model().objects.create_user("ADA")


def test_a_person_is_called_by_the_display_name_or_else_the_user_name(ada):
    assert (ada.name, str(ada)) == ("Ada Lovelace", "Ada Lovelace")
    assert get_user_model()(username="bob").name == "bob"


@pytest.mark.parametrize("name", ["ada", "ADA", "ada@example.org"])
def test_one_signs_in_by_user_name_or_address(name, ada):
    assert is_in(browser_of(name))


def test_a_session_knows_its_person(ada):
    client = browser_of("ada")
    assert Session.objects.get(session_key=key(client)).user_id == ada.pk
    assert still_valid([key(client), "nobody's"]) == {key(client): ada.pk}


def test_any_number_of_sessions_is_asked_after_in_queries_of_five_hundred(ada, django_assert_num_queries):
    client = browser_of("ada")
    keys = [f"key{number}" for number in range(999)] + [key(client)]
    with django_assert_num_queries(2):
        assert still_valid(keys) == {key(client): ada.pk}


def test_the_key_changes_at_sign_in(ada):
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["seen"] = True
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    assert key(client) != before
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_ends_the_session_and_only_this_one(ada):
    here, there = browser_of("ada"), browser_of("ada")
    old = key(here)
    here.post("/accounts/logout/")
    assert still_valid([old, key(there)]) == {key(there): ada.pk}


def test_a_link_signs_nobody_out(ada):
    client = browser_of("ada")
    client.get("/accounts/logout/")
    assert is_in(client)


def test_a_new_password_ends_the_other_sessions_but_not_this_one(ada):
    here, there = browser_of("ada"), browser_of("ada")
    new = "another long sentence"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(here)
    assert not is_in(there)
    assert Session.objects.filter(user_id=ada.pk).count() == 1
    assert is_in(browser_of("ada", new))


def test_a_password_set_by_anybody_else_ends_every_session(ada):
    client = browser_of("ada")
    ada.set_password("another long sentence")
    ada.save()
    assert still_valid([key(client)]) == {}


def test_other_changes_of_a_person_end_no_session(ada):
    client = browser_of("ada")
    ada.display_name = "Ada"
    ada.save()
    assert is_in(client)


def test_a_deactivated_person_is_out_at_once(ada):
    client = browser_of("ada")
    get_user_model().objects.filter(pk=ada.pk).update(is_active=False)
    assert still_valid([key(client)]) == {}
    assert not is_in(client)


def test_a_deleted_person_leaves_no_session(ada):
    client = browser_of("ada")
    ada.delete()
    assert still_valid([key(client)]) == {}
    assert not Session.objects.exists()


def test_a_session_that_has_run_out_is_not_valid(ada):
    client = browser_of("ada")
    Session.objects.update(expire_date=timezone.now() - timezone.timedelta(seconds=1))
    assert still_valid([key(client)]) == {}


def test_the_end_of_a_session_is_told_once_it_is_committed(
    ada, monkeypatch, django_capture_on_commit_callbacks
):
    told = []
    monkeypatch.setattr("live.announce_session_end", told.append)
    with django_capture_on_commit_callbacks() as later:
        ada.set_password("another long sentence")
        ada.save()
        assert told == []
    for callback in later:
        callback()
    assert told == [ada.pk]


def test_a_profile_keeps_what_one_says_and_nothing_else(ada):
    client = browser_of("ada")
    said = {
        "display_name": " Ada  L. ",
        "time_zone": "Europe/Prague",
        "theme": "dark",
        "density": "compact",
        "shares_presence": "on",
    }
    client.post("/accounts/profile/", said | {"username": "root", "is_superuser": "on", "is_staff": "on"})
    ada.refresh_from_db()
    assert (ada.display_name, ada.time_zone) == ("Ada L.", "Europe/Prague")
    assert (ada.theme, ada.density) == ("dark", "compact")
    assert (ada.shares_presence, ada.shares_receipts) == (True, False)
    assert (ada.username, ada.is_superuser, ada.is_staff) == ("ada", False, False)


PROFILE = "/accounts/profile/", {"display_name": "Ada King", "theme": "auto", "density": "comfortable"}
NEW = "another long sentence"
PASSWORDS = "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}


@pytest.mark.parametrize(("page", "said"), [PROFILE, PASSWORDS])
def test_what_one_saves_while_an_administrator_ends_the_account_gives_nothing_back(
    ada, monkeypatch, page, said
):
    client, save = browser_of("ada"), get_user_model().save

    def saved_after_the_administrator(person, *args, **kwargs):
        get_user_model().objects.filter(pk=ada.pk).update(is_active=False, is_superuser=True)
        save(person, *args, **kwargs)

    monkeypatch.setattr(get_user_model(), "save", saved_after_the_administrator)
    client.post(page, said)
    ada.refresh_from_db()
    assert (ada.is_active, ada.is_superuser) == (False, True)
    assert ada.name == "Ada King" or ada.check_password(NEW)


def test_a_zone_that_is_none_is_refused(ada):
    client = browser_of("ada")
    page = client.post("/accounts/profile/", {"time_zone": "../../etc/passwd", "theme": "auto"})
    assert page.status_code == 200
    ada.refresh_from_db()
    assert ada.time_zone == ""


# -- what others are shown -------------------------------------------------------------------------------------------


@pytest.fixture
def news():
    """The people of whom it was told that others see them otherwise now."""
    told = []

    def hear(sender, user, **kwargs):
        told.append((user.name, user.avatar))

    person_changed.connect(hear)
    yield told
    person_changed.disconnect(hear)


def test_another_name_is_told_and_the_same_is_not(ada, news):
    for name in ("Ada Lovelace", "Ada King", " Ada  King "):
        profile = {"display_name": name, "theme": "auto", "density": "comfortable"}
        assert browser_of("ada").post("/accounts/profile/", profile).status_code == 302
    assert news == [("Ada King", "")]


def test_another_picture_is_told_and_its_removal_too(ada, news, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client, picture = browser_of("ada"), io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(picture, "PNG")
    client.post("/accounts/profile/face/", {"face": SimpleUploadedFile("face.png", picture.getvalue())})
    ada.refresh_from_db()
    assert ada.avatar and news == [("Ada Lovelace", ada.avatar)]
    client.post("/accounts/profile/face/remove/")
    assert news[1:] == [("Ada Lovelace", "")]
    client.post("/accounts/profile/face/remove/")
    assert len(news) == 2


def test_a_face_keeps_its_greys():
    picture = io.BytesIO()
    Image.new("I;16", (80, 60), 0x6000).save(picture, "PNG")
    key = keep_face(SimpleUploadedFile("face.png", picture.getvalue()))
    with default_storage.open(path_of(key, 64)) as file, Image.open(file) as face:
        assert abs(face.getpixel((32, 32))[0] - 0x60) < 3


def test_what_others_do_not_see_is_not_told(ada, news):
    ada.theme, ada.last_seen_at = "dark", timezone.now()
    ada.save()
    get_user_model().objects.create_user("bob", display_name="Bob")
    assert news == []
    ada.display_name = "Ada King"
    ada.save(update_fields=["theme"])
    assert news == []
    ada.username = "augusta"
    ada.save(update_fields=["username"])
    assert len(news) == 1
