"""The app on a device speaks the language in which it was asked for."""

import pytest

from .marks import BEGIN, END, speak_marked


@pytest.mark.django_db
def test_an_app_tells_its_device_in_words_of_its_language(client, monkeypatch):
    speak_marked(monkeypatch)
    told = client.get("/manifest.webmanifest").json()
    assert told["name"] == "PrizmAI" and told["description"] == f"{BEGIN}Team chat on your boards{END}"
    assert [one["name"] for one in told["shortcuts"]] == [
        f"{BEGIN}{name}{END}" for name in ("Catch up", "Notifications", "Boards")
    ]
