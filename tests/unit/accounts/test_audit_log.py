"""The audit log: what is done about people leaves an entry, with the deed or not at all, and no entry changes."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.actions.noting import note
from accounts.audit.words import GROUPS, WORDS
from accounts.models import AuditEntry, User
from accounts.names import one_line

from .test_administrators import does, of
from .test_links_shown import OTHER, shown
from .test_people import PASSWORD, browser_of

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


def entries(word=""):
    return list(AuditEntry.objects.filter(word__startswith=word).order_by("pk"))


def told(word=""):
    return [str(entry) for entry in entries(word)]


# -- what is noted ---------------------------------------------------------------------------------------------------


def test_coming_and_going_are_noted_with_address_and_browser(ada):
    client = browser_of("ada", headers={"User-Agent": FIREFOX})
    client.post("/accounts/logout/")
    came, went = entries("session.")
    assert (came.word, went.word) == ("session.begun", "session.ended")
    for one in (came, went):
        assert (one.who_id, one.who) == (ada.pk, "Ada Lovelace (@ada)")
        assert (one.address, one.browser, one.browser_name) == ("127.0.0.1", FIREFOX, "Firefox on Linux")


@pytest.mark.parametrize("name", ["ada", "ADA", "ada@example.org", "countess@example.org"])
def test_a_wrong_password_is_noted_of_whose_account_it_was(ada, name):
    EmailAddress.objects.create(user=ada, email="countess@example.org", verified=True)
    Client().post("/accounts/login/", {"login": name, "password": "a guess"})
    (entry,) = entries("session.refused")
    assert (entry.who_id, entry.who, entry.noun_id, entry.kind) == (None, "", ada.pk, "person")
    assert str(entry) == "Somebody failed to sign in as Ada Lovelace (@ada)."


def test_a_name_that_nobody_has_is_not_kept(ada):
    Client().post("/accounts/login/", {"login": "my own password", "password": "a guess"})
    (entry,) = entries("session.refused")
    assert (entry.noun_id, entry.noun, entry.details) == (None, "", {})
    assert str(entry) == "Somebody failed to sign in as nobody known."


def test_new_passwords_are_noted_and_never_what_they_are(admin, ada, udo):
    theirs = browser_of("udo")
    theirs.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    )
    there = shown(admin.post(of(udo, "password/")))
    form = Client().get(there, follow=True)
    forgetful = form.client
    forgetful.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert told("password.") == [
        "@udo changed their password.",
        "Ada Lovelace (@ada) made a link for a new password of @udo.",
        "Somebody chose a new password for @udo.",
    ]
    kept = str(list(AuditEntry.objects.values()))
    assert OTHER not in kept and PASSWORD not in kept and there.rstrip("/").split("/")[-1] not in kept


def test_signing_in_again_with_an_older_hash_is_no_new_password(udo, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    browser_of("udo")
    assert told("password.") == []


def test_the_life_of_a_link_is_noted_and_never_its_token(admin, ada):
    link, token = actions.make_invite_link(by=ada, people=None, note="The crew")
    newcomer = {"username": "eva", "password1": PASSWORD, "password2": PASSWORD}
    assert Client().post(f"/accounts/join/{token}/", newcomer).status_code == 302
    actions.take_back_invite_link(by=ada, link_id=link.pk)
    assert told("invite_link.") == [
        "Ada Lovelace (@ada) made an invite link for The crew.",
        "@eva came in by the invite link for The crew.",
        "Ada Lovelace (@ada) ended the invite link for The crew.",
    ]
    assert token not in str(list(AuditEntry.objects.values()))


def test_the_life_of_an_access_token_is_noted_and_never_its_secret(ada):
    token, secret = actions.make_token(by=ada, name="Deploys", scopes=["messages:read", "messages:write"])
    actions.end_token(by=ada, token_id=token.pk)
    assert told("token.") == [
        "Ada Lovelace (@ada) made the access token Deploys: messages:read, messages:write.",
        "Ada Lovelace (@ada) ended the access token Deploys.",
    ]
    assert secret not in str(list(AuditEntry.objects.values()))


def test_what_administrators_do_is_noted_once(admin, ada, udo):
    for what in (
        "promote/",
        "promote/",
        "demote/",
        "demote/",
        "deactivate/",
        "deactivate/",
        "let-in/",
        "let-in/",
    ):
        does(admin, udo, what)
    assert [entry.word for entry in entries("person.") if entry.noun_id == udo.pk] == [
        "person.promoted",
        "person.demoted",
        "person.deactivated",
        "person.let_in",
    ]
    assert {entry.who_id for entry in entries("person.") if entry.noun_id == udo.pk} == {ada.pk}


def test_links_end_with_their_maker_and_that_is_noted(ada, udo):
    actions.promote(by=ada, user_id=udo.pk)
    actions.make_invite_link(by=udo, note="Zoe")
    actions.demote(by=ada, user_id=udo.pk)
    assert told("invite_link.ended") == ["Ada Lovelace (@ada) ended the invite link for Zoe."]


def test_an_administrator_made_at_the_server_is_noted(db):
    User.objects.create_superuser("root", password=PASSWORD)
    User.objects.create_user("udo")
    assert told("person.") == ["The server made @root an administrator."]


def test_sessions_ended_elsewhere_are_noted(ada):
    here = browser_of("ada")
    browser_of("ada", headers={"User-Agent": FIREFOX})
    here.post("/accounts/browsers/elsewhere/end/")
    here.post("/accounts/browsers/elsewhere/end/")
    assert told("session.ended_elsewhere") == ["Ada Lovelace (@ada) signed out elsewhere: Firefox on Linux."]


def test_browsers_are_noted_in_the_words_of_the_site_whoever_ends_them(ada):
    here = browser_of("ada", headers={"Accept-Language": "de"})
    browser_of("ada", headers={"User-Agent": FIREFOX})
    here.post("/accounts/browsers/elsewhere/end/", headers={"Accept-Language": "de"})
    assert told("session.ended_elsewhere") == ["Ada Lovelace (@ada) signed out elsewhere: Firefox on Linux."]


def test_an_entry_outlives_those_it_names(ada, udo):
    actions.deactivate(by=ada, user_id=udo.pk)
    udo.delete()
    assert told("person.d") == [
        "Ada Lovelace (@ada) deactivated @udo.",
        "The server deleted the account of @udo.",
    ]


# -- with the deed or not at all -------------------------------------------------------------------------------------


def test_what_does_not_come_about_is_not_noted(ada, udo):
    with pytest.raises(ValidationError):
        actions.deactivate(by=ada, user_id=ada.pk)  # the only administrator
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.promote(by=ada, user_id=udo.pk)
        raise RuntimeError
    assert told("person.") == ["The server made Ada Lovelace (@ada) an administrator."]


def test_what_cannot_be_noted_does_not_come_about(ada, udo, monkeypatch):
    def full(*args, **kwargs):
        raise RuntimeError("no entry can be written")

    monkeypatch.setattr(AuditEntry.objects, "create", full)
    for action in (actions.promote, actions.deactivate, actions.make_password_key):
        with pytest.raises(RuntimeError):
            action(by=ada, user_id=udo.pk)
    udo.refresh_from_db()
    assert udo.is_active and not udo.is_superuser


# -- no entry changes ------------------------------------------------------------------------------------------------


def test_no_entry_can_be_changed(ada):
    entry = note("session.begun", by=ada)
    entry.who = "Somebody else"
    for change in (entry.save, lambda: AuditEntry.objects.filter(pk=entry.pk).update(who="Somebody else")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert AuditEntry.objects.get(pk=entry.pk).who == "Ada Lovelace (@ada)"


def aged(word, by, days):
    at = timezone.now() - timezone.timedelta(days=days)
    return AuditEntry.objects.create(word=word, who=by.name, at=at)


def test_old_entries_go_and_that_is_noted(ada, settings):
    settings.AUDIT_DAYS = 30
    aged("session.begun", ada, 31), aged("session.ended", ada, 29)
    assert actions.purge_audit_log() == 1 and actions.purge_audit_log() == 0
    assert [entry.word for entry in entries("session.")] == ["session.ended"]
    (purged,) = entries("audit.")
    assert purged.details["entries"] == 1 and str(purged).startswith(
        "The server removed entries from before 20"
    )


def test_without_an_age_nothing_goes(ada, settings):
    settings.AUDIT_DAYS = 0
    aged("session.begun", ada, 9000)
    assert actions.purge_audit_log() == 0 and len(entries("session.begun")) == 1


# -- words -----------------------------------------------------------------------------------------------------------


def test_every_word_has_a_group_and_a_sentence():
    assert {word.partition(".")[0] for word in WORDS} == set(GROUPS)
    for word, sentence in WORDS.items():
        assert sentence == one_line(sentence) and sentence.endswith("."), word


def test_a_word_that_nobody_could_read_is_not_noted(ada):
    with pytest.raises(KeyError):
        note("room.painted", by=ada)


def test_a_word_of_another_version_is_shown_as_it_is(db):
    assert str(AuditEntry(word="room.painted")) == "room.painted"
