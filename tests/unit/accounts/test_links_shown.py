"""A link that lets somebody in, or choose a password, is shown once: to the administrator who made it."""

import re

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.models import InviteLink, Session

from .test_administrators import INVITE, of, words
from .test_people import PASSWORD, browser_of, is_in

OTHER = "another long sentence"


def shown(page):
    """The path of the link that a page shows, once as words and once as a picture."""
    assert words(page).count("<svg viewBox") == 1 and "no-store" in page.headers["Cache-Control"]
    return re.search(r'id="link" value="http://testserver(/[^"]+)"', words(page))[1]


def test_an_administrator_invites(admin):
    there = shown(admin.post(INVITE, {"people": "1", "note": "Eva from Prague"}))
    newcomer = Client()
    eva = {"username": "eva", "password1": PASSWORD, "password2": PASSWORD}
    assert newcomer.post(there, eva).status_code == 302 and is_in(newcomer)


def test_a_link_is_shown_once_and_then_listed_with_how_often_it_was_used(admin):
    there = shown(admin.post(INVITE, {"people": "0", "note": "The <b>whole</b> crew"}))
    Client().post(there, {"username": "eva", "password1": PASSWORD, "password2": PASSWORD})
    page = words(admin.get(INVITE))
    assert there not in page and "<svg viewBox" not in page
    assert "The &lt;b&gt;whole&lt;/b&gt; crew" in page and "1 came" in page and "by <span" in page
    link = InviteLink.objects.get()
    after = words(admin.post(f"{INVITE}{link.pk}/take-back/", follow=True))
    assert "The link is taken back" in after and "crew" not in after


def test_a_link_is_for_one_unless_somebody_says_otherwise(admin):
    options = re.findall(r'<option value="(\d)"([^>]*)>', words(admin.get(INVITE)))
    assert options[0][0] == "1" and "selected" not in options[1][1]
    assert admin.post(INVITE, {"note": "Nobody said for how many"}).status_code == 200
    assert not InviteLink.objects.exists()


@pytest.mark.parametrize("people", ["2", "-1", "", "all", "9" * 5000])
def test_a_page_makes_links_for_one_or_for_any_number(admin, people):
    assert admin.post(INVITE, {"people": people}).status_code == 200
    assert not InviteLink.objects.exists()


def test_a_link_for_a_new_password_is_good_once_and_ends_every_session(admin, udo):
    theirs = browser_of("udo")
    there = shown(admin.post(of(udo, "password/")))
    assert is_in(theirs)  # nothing has happened yet
    browser = Client()
    page = browser.get(there, follow=True)
    form = page.redirect_chain[-1][0]
    assert there not in form and "A new password" in words(page)  # so that no Referer holds it
    done = browser.post(form, {"password1": OTHER, "password2": OTHER}, follow=True)
    assert "Your password is changed" in words(done)
    assert not is_in(theirs) and is_in(browser_of("udo", OTHER))
    assert "This link is over" in words(Client().get(there, follow=True))


def test_a_link_for_a_new_password_is_good_for_a_day(admin, udo, monkeypatch):
    there = shown(admin.post(of(udo, "password/")))
    made_at = PasswordResetTokenGenerator()._now()
    for hours, is_good in ((23, True), (25, False)):
        later = made_at + timezone.timedelta(hours=hours)
        monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self, later=later: later)
        assert ("A new password" in words(Client().get(there, follow=True))) is is_good


def test_the_link_for_a_new_password_is_not_shown_to_who_looks_again(admin, udo, ada):
    assert admin.get(of(udo, "password/")).headers["Location"] == of(udo)
    actions.deactivate(by=ada, user_id=udo.pk)
    assert "Let udo in again first" in words(admin.post(of(udo, "password/"), follow=True))


def test_no_token_stands_in_a_session(admin, udo):
    """It would be kept there, and be in every backup."""
    there = shown(admin.post(of(udo, "password/")))
    for one in (there, shown(admin.post(INVITE, {"people": "1"}))):
        token = one.rstrip("/").rpartition("/")[2]
        assert not any(token in str(row) for row in Session.objects.values_list())
        assert not any(
            token in str(said) for session in Session.objects.all() for said in session.get_decoded().values()
        )
