"""Administrators look after the people: they see everybody, let in and put out, and one of them always stays."""

import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts import actions
from accounts.models import Session
from accounts.pictures.faces import keep_face, url_of
from accounts.sessions.validity import still_valid

from .conftest import made, now
from .test_people import PASSWORD, browser_of, is_in, key

PEOPLE, INVITE = "/accounts/people/", "/accounts/invite/"


def of(person, what=""):
    return f"{PEOPLE}{person.pk}/{what}"


def words(page):
    return page.content.decode()


def does(client, person, what):
    """The answer to a form about a person, and where it leads."""
    return client.post(of(person, what), follow=True)


# -- the pages -------------------------------------------------------------------------------------------------------


def test_everybody_is_listed(admin, udo):
    made("ida", display_name="Ida", is_active=False)
    page = words(admin.get(PEOPLE))
    for told in ("Ada Lovelace", "@udo", "udo@example.org", "Ida", "deactivated", "administrator"):
        assert told in page
    assert page.index("@udo") < page.index("@ida")  # who is deactivated comes last


def test_people_are_found_by_any_of_their_names(admin, udo):
    made("ida", display_name="Frau Weber")
    for wanted, found in [
        ("weber", {"ida"}),
        ("UDO@", {"udo"}),
        ("ud", {"udo"}),
        ("%", set()),
        ("\ud800", set()),
    ]:
        page = words(admin.get(PEOPLE, {"q": wanted.encode(errors="replace")}))
        listed = set(re.findall(r"@(\w+) ·", page.partition('id="everybody-heading"')[2]))
        assert listed == found, wanted


@pytest.mark.parametrize("page", ["1", "2", "3", "0", "-1", "x", "9" * 5000])
def test_many_people_are_paged(admin, page):
    get_user_model().objects.bulk_create(get_user_model()(username=f"one{n:03}") for n in range(120))
    shown = re.findall(r"@(one\d+)", words(admin.get(PEOPLE, {"page": page})))
    assert shown and len(shown) <= 50


def test_a_page_of_people_costs_the_same_for_many(
    admin, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(12) as few:
        admin.get(PEOPLE)
    get_user_model().objects.bulk_create(get_user_model()(username=f"one{n:03}") for n in range(120))
    with django_assert_num_queries(len(few)):
        admin.get(PEOPLE, {"page": 2})


def test_who_does_not_show_when_they_are_here_does_not_here_either(admin, udo):
    get_user_model().objects.update(last_seen_at=timezone.now())
    assert words(admin.get(of(udo))).count("Last seen") == 1
    get_user_model().objects.filter(pk=udo.pk).update(shares_presence=False)
    page = words(admin.get(of(udo)))
    assert "Last seen" not in page and "Does not show" in page
    listed = words(admin.get(PEOPLE))
    assert listed.count('class="row-note person-when"') == 1


def test_an_administrator_sees_faces_of_people_never_met(admin, udo, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(picture, "PNG")
    udo.avatar = keep_face(SimpleUploadedFile("face.png", picture.getvalue()))
    udo.save()
    assert admin.get(url_of(udo.avatar)).status_code == 200
    made("eve")
    assert browser_of("eve").get(url_of(udo.avatar)).status_code == 404


def test_only_administrators_find_the_way_there(admin, udo):
    for page in ("/accounts/profile/", "/messaging/"):
        assert f'href="{PEOPLE}"' in words(admin.get(page))
        assert f'href="{PEOPLE}"' not in words(browser_of("udo").get(page))


def test_nobody_else_comes_in_and_is_told_so_by_our_own_page(udo):
    answer = browser_of("udo").get(PEOPLE)
    assert answer.status_code == 403 and "This is not open to you" in words(answer)


def test_who_is_no_administrator_any_more_is_out_at_once(admin, ada, udo):
    actions.promote(by=ada, user_id=udo.pk)
    assert admin.get(PEOPLE).status_code == 200
    actions.demote(by=udo, user_id=ada.pk)
    assert admin.get(PEOPLE).status_code == 403


@pytest.mark.parametrize("number", ["1000000", "9" * 18, "9" * 30, "9" * 5000])
def test_an_account_that_is_not_there_is_not_found(admin, number):
    assert admin.get(f"{PEOPLE}{number}/").status_code == 404
    for what in ("deactivate", "let-in", "promote", "demote", "password"):
        assert admin.post(f"{PEOPLE}{number}/{what}/").status_code == 404
    assert admin.post(f"{INVITE}{number}/take-back/").status_code == 404


# -- letting in and putting out --------------------------------------------------------------------------------------


def test_who_is_deactivated_is_out_everywhere_and_stays_out_until_let_in(admin, udo):
    theirs = browser_of("udo")
    old = key(theirs)
    assert "is deactivated" in words(does(admin, udo, "deactivate/"))
    assert still_valid([old]) == {} and not Session.objects.filter(user_id=udo.pk).exists()
    assert not is_in(theirs)
    late = Client()
    late.post("/accounts/login/", {"login": "udo", "password": PASSWORD})
    assert not is_in(late)
    assert "may sign in again" in words(does(admin, udo, "let-in/"))
    assert is_in(browser_of("udo")) and not is_in(theirs)


def test_administrators_make_others_and_take_it_back(admin, udo):
    assert "is an administrator now" in words(does(admin, udo, "promote/"))
    assert now(udo).is_superuser and now(udo).is_staff
    assert "no administrator any more" in words(does(admin, udo, "demote/"))
    assert not now(udo).is_superuser and not now(udo).is_staff


@pytest.mark.parametrize("what", ["deactivate/", "demote/"])
def test_the_last_administrator_stays(admin, ada, udo, what):
    made("ida", is_superuser=True, is_active=False)  # one who is deactivated does not count
    page = words(does(admin, ada, what))
    assert "is the only administrator" in page
    assert now(ada).is_active and now(ada).is_superuser
    assert "Take it back" not in words(admin.get(of(ada))) and "Deactivate" not in words(admin.get(of(ada)))
    actions.promote(by=ada, user_id=udo.pk)
    assert "Take it back" in words(admin.get(of(ada))) and "Deactivate" in words(admin.get(of(ada)))
    does(admin, ada, what)
    assert not (now(ada).is_active and now(ada).is_superuser)
