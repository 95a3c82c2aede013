"""No form is sent faster than a person could: not only what is said, but whatever others would be told of."""

import pytest

from messaging.models import Message

from .addresses import filled
from .answers import DECLARED
from .attacks import SCRIPT, browser_of

# Whoever unsubscribes need not be signed in, and holds a link that was signed for them; who holds no secret
# of a webhook does nothing by it.
LEFT_ALONE = {"messaging:unsubscribe", "messaging:say_by_header", "messaging:say_by_hook#guess"}
FORMS = [
    ask
    for ask, method in DECLARED
    if method == "POST" and ask.startswith(("messaging:", "boards:")) and ask not in LEFT_ALONE
]


@pytest.fixture(autouse=True)
def three_at_once(settings):
    """And then hardly any, however slow the machine is."""
    settings.LIVE = {**settings.LIVE, "posts_per_second": 0.01, "posts_burst": 3}


@pytest.mark.parametrize("ask", FORMS)
def test_s21_s22_every_form_waits_its_turn(scene, ask):
    client, path = browser_of(scene.bob), filled(ask, scene, scene.bob)[0]
    answers = [client.post(path, filled(ask, scene, scene.bob)[1], headers=SCRIPT) for _ in range(4)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused and answers[0] not in refused
    assert refused[0].json()["temporary"] and refused[0].json()["retry_after"] > 0


@pytest.mark.parametrize("ask", ["profile", "change_face", "remove_face"])
def test_s21_who_looks_otherwise_does_so_now_and_then(scene, ask):
    """Everybody on their boards is told of each change, and a picture costs the server seconds."""
    client, (path, form) = browser_of(scene.bob), filled(f"accounts:{ask}", scene, scene.bob)
    answers = [client.post(path, form).status_code for _ in range(30)]
    assert answers[0] == 302 and answers[-1] == 429
    assert client.get("/accounts/profile/").status_code == 200


def test_s16_what_is_passed_on_to_many_places_is_said_so_many_times(scene):
    path = f"/messaging/message/{scene.message.pk}/forward/"
    said = Message.objects.filter(forwarded_from=scene.message)
    browser_of(scene.bob).post(path, {"conversations": [scene.hangar.pk] * 30})
    assert said.count() == 1
    many = [scene.hangar.pk, scene.direct.pk, scene.private.pk, scene.task.conversation.pk]
    assert browser_of(scene.bob).post(path, {"conversations": many}).status_code == 429
    assert said.count() == 1


def test_s17_all_tabs_of_a_person_wait_together_and_others_do_not(scene):
    path = f"/messaging/conversation/{scene.hangar.pk}/messages/"
    tabs = [browser_of(scene.bob), browser_of(scene.bob)]
    assert 429 in [tabs[n % 2].post(path, {"message": "x"}, headers=SCRIPT).status_code for n in range(4)]
    assert browser_of(scene.ada).post(path, {"message": "x"}, headers=SCRIPT).status_code == 201
