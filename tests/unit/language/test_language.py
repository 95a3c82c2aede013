"""Whose language it is: the one that was chosen, else the browser's, else the site's."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation
from django.utils.formats import date_format

from kanban_board.languages import found_in
from live.language import accepted_by, language_for
from live.templatetags.live import CATALOGUE, FOLDER, address_of

TWO = [("en", "English"), ("de", "Deutsch")]


@pytest.fixture(autouse=True)
def two_languages(settings):
    settings.LANGUAGES = TWO


@pytest.mark.parametrize(
    "chosen, accepted, spoken",
    [
        ("de", "en", "de"),
        ("", "de-AT,en;q=0.5", "de"),
        ("", "fr, EN-us;q=0.8, de;q=0.4", "en"),
        ("", "fr", "en"),
        ("", "", "en"),
        ("xx", "de", "de"),  # one that is gone
        ("", "*, ;;q=x", "en"),
    ],
)
def test_the_language_of_somebody(chosen, accepted, spoken):
    assert language_for(SimpleNamespace(language=chosen), accepted) == spoken


def test_nobody_is_spoken_to_as_their_browser_asks(settings):
    settings.LANGUAGE_CODE = "de"
    assert [language_for(None, accepted) for accepted in ("en", "fr")] == ["en", "de"]


def test_a_line_knows_what_its_browser_asks_for():
    assert accepted_by({"headers": [(b"host", b"x"), (b"accept-language", b"de\xff")]}) == "de\xff"
    assert accepted_by({"headers": []}) == ""


def test_a_language_is_there_once_it_is_made_ready(tmp_path):
    for code in ("fr", "zh_Hans", "it"):
        (tmp_path / code / "LC_MESSAGES").mkdir(parents=True)
    for code in ("fr", "zh_Hans"):
        (tmp_path / code / "LC_MESSAGES/django.mo").touch()
    assert found_in(tmp_path) == [("en", "English"), ("fr", "français"), ("zh-hans", "简体中文")]


def test_scripts_get_the_catalogue_of_the_page(monkeypatch, tmp_path):
    assert CATALOGUE in address_of(CATALOGUE, "en") and CATALOGUE in address_of(CATALOGUE, "xx")
    (tmp_path / "language").mkdir()
    (tmp_path / "language/de.js").touch()
    monkeypatch.setattr("live.templatetags.live.FOLDER", tmp_path)
    assert "language/de.js" in address_of(CATALOGUE, "de") and CATALOGUE in address_of(CATALOGUE, "en")
    assert "app.js" in address_of("app.js", "de") and tmp_path != FOLDER


@pytest.mark.django_db
def test_a_page_says_which_language_it_is_in(client):
    page = client.get("/accounts/login/", headers={"Accept-Language": "de"})
    assert page.headers["Content-Language"] == "de" and '<html lang="de"' in page.text
    assert "Accept-Language" in page.headers["Vary"] and "dir=" not in page.text.partition(">")[0]
    assert translation.get_language() == "en"


@pytest.mark.django_db
def test_what_is_kept_for_the_time_without_a_network_is_in_their_language(client):
    english, german = (client.get("/sw.js", headers={"Accept-Language": code}) for code in ("en", "de"))
    assert '"/offline/?language=en"' in english.text and '"/offline/?language=de"' in german.text
    assert english.text.replace("=en", "=de") == german.text and english["ETag"] != german["ETag"]


@pytest.mark.django_db
def test_a_page_runs_as_its_language_does(client, settings):
    settings.LANGUAGES = [*TWO, ("he", "עברית")]
    assert (
        '<html lang="he" dir="rtl"' in client.get("/accounts/login/", headers={"Accept-Language": "he"}).text
    )


@pytest.mark.django_db
def test_a_person_chooses_theirs(client, django_user_model):
    ada = django_user_model.objects.create_user("ada", "ada@example.org")
    client.force_login(ada)
    told = {"display_name": "Ada", "theme": "auto", "density": "compact", "time_zone": ""}
    assert client.post("/accounts/profile/", {**told, "language": "de"}).status_code == 302
    assert '<html lang="de"' in client.get("/accounts/profile/", headers={"Accept-Language": "en"}).text
    assert client.post("/accounts/profile/", {**told, "language": "xx"}).status_code == 200
    ada.refresh_from_db()
    assert ada.language == "de"


@pytest.mark.django_db
@pytest.mark.parametrize("before, then, said", [("", "de", "Gespeichert."), ("de", "en", "Saved.")])
def test_the_notice_is_in_the_language_just_chosen(client, django_user_model, before, then, said):
    client.force_login(django_user_model.objects.create_user("ada", "ada@example.org", language=before))
    told = {"display_name": "Ada", "theme": "auto", "density": "compact", "time_zone": "", "language": then}
    answer = client.post("/accounts/profile/", told, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [said] and said in answer.text
    assert translation.get_language() == "en"


@pytest.mark.django_db
def test_where_there_is_one_language_nobody_is_asked(client, django_user_model, settings):
    settings.LANGUAGES = TWO[:1]
    client.force_login(django_user_model.objects.create_user("ada", "ada@example.org"))
    assert 'name="language"' not in client.get("/accounts/profile/").text


@pytest.mark.parametrize("month, written", [(3, "1. März"), (9, "1. Sept."), (12, "1. Dez.")])
def test_a_day_in_german_is_written_as_browsers_write_it(month, written):
    with translation.override("de"):
        assert date_format(date(2026, month, 1), translation.gettext("j M")) == written
