"""What links lead to is shown below a message: later, for everybody, until somebody removes it."""

import io
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from boards.models import BoardMembership
from messaging.actions import (
    clear_conversation,
    delete_message,
    edit_message,
    forward_message,
    preview_due,
    remove_preview,
    run_due,
)
from messaging.actions.files import previewing
from messaging.line.changes import change_in
from messaging.line.dialects import say_plain, say_v2
from messaging.line.streams import ConversationSource
from messaging.models import Errand, Message, Preview, ShownPreview
from messaging.previews import looking
from messaging.queries.snapshots import snapshot_of

from ..conftest import now, say
from ..line.test_frames import EXAMPLES

PREVIEW = Errand.Verb.PREVIEW


def a_picture(size=(800, 400), kind="PNG", **how):
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **how)
    return written.getvalue()


def shown(message):
    return snapshot_of(message)["previews"]


@pytest.fixture
def linking(ada, hangar, site):
    """A message that links to a page with a picture, which was looked at."""
    site.pages["/wing.png"] = (200, {"Content-Type": "image/png"}, a_picture())
    message = say(ada, hangar, f"Read {site.url()}")
    assert preview_due() == 1
    return message


# -- how one comes ---------------------------------------------------------------------------------------------------


def test_what_a_page_says_of_itself_is_shown_with_its_picture(linking, site):
    (preview,) = shown(linking)
    picture = preview.pop("picture")
    assert preview == {
        "url": site.url(),
        "title": "How wings & tails are made",
        "description": "From aluminium, mostly.",
        "site": "The Hangar Post",
    }
    assert (picture["width"], picture["height"]) == (640, 320)
    assert picture["url"] == f"/messaging/preview/{Preview.objects.get().key}/"


@pytest.mark.parametrize("called", ["github.com", ""])
def test_a_card_names_the_host_whatever_the_site_is_called(client, ada, hangar, site, called):
    site.pages["/wings"] = f'<title>A</title><meta property="og:site_name" content="{called}">'.encode()
    say(ada, hangar, site.url())
    preview_due()
    client.force_login(ada)
    page = client.get(hangar.url).content.decode()
    assert f'<span class="preview-site">{site.place}{called and " · "}{called}</span>' in page


def test_nothing_is_asked_for_while_one_posts(ada, hangar, site):
    message = say(ada, hangar, f"Read {site.url()}")
    assert site.asked == [] and shown(message) == []
    assert Errand.objects.get(verb=PREVIEW).noun_id == message.pk
    # Others are not kept waiting.
    assert run_due() == 0 and Errand.objects.filter(verb=PREVIEW, done_at=None).exists()


def test_a_preview_is_told_once_as_a_change_of_the_message(ada, hangar, site):
    message = say(ada, hangar, f"Read {site.url()}")
    preview_due()
    change = ConversationSource().changes(hangar.pk, message.revision, 10)[-1]
    (frame,) = say_v2(change, change.revision, message.revision)
    assert frame["type"] == "message_changed" and len(frame["previews"]) == 1
    assert frame["message"] == message.body and frame["edited_at"] is None
    assert say_plain(change, change.revision, message.revision) == []
    assert now(hangar).revision == message.revision + 1
    assert preview_due() == 0


@pytest.mark.parametrize(
    "words", ["no link", "`http://{}/wings`", "<http://{}/wings>", "```\nhttp://{}/wings\n```"]
)
def test_what_is_no_link_or_was_not_to_be_shown_costs_nothing(ada, hangar, site, words):
    say(ada, hangar, words.format(site.place))
    assert not Errand.objects.filter(verb=PREVIEW).exists()


def test_our_own_links_are_not_looked_at(ada, hangar, site, settings):
    settings.ALLOWED_HOSTS, settings.PUBLIC_URL = (
        ["chat.example.org", ".example.net"],
        "https://talk.example.org",
    )
    for ours in ("chat.example.org", "a.example.net:8000", "talk.example.org"):
        say(ada, hangar, f"https://{ours}/messaging/room/1/ [or](/boards/1/)")
    assert not Errand.objects.filter(verb=PREVIEW).exists()
    settings.ALLOWED_HOSTS = ["*"]
    say(ada, hangar, "https://elsewhere.example.com/")
    assert Errand.objects.filter(verb=PREVIEW).count() == 1


def test_an_installation_may_do_without(ada, hangar, site, settings):
    say(ada, hangar, site.url())
    settings.LINK_PREVIEWS = False
    message = say(ada, hangar, site.url())
    assert preview_due() == 1 and site.asked == []
    assert shown(message) == [] and not Errand.objects.filter(verb=PREVIEW, done_at=None).exists()


def test_three_links_are_shown_in_their_order_each_once(ada, hangar, site):
    for name in "abcd":
        site.pages[f"/{name}"] = f"<title>Page {name}</title>".encode()
    a, b, c, d = (site.url(f"/{name}") for name in "abcd")
    message = say(ada, hangar, f"[see]({b}) {a} {b}\n\n> {c} {d}")
    preview_due()
    assert [one["url"] for one in shown(message)] == [b, a, c]
    assert [one["title"] for one in shown(message)] == ["Page b", "Page a", "Page c"]


def test_a_page_that_cannot_be_seen_shows_nothing_and_disturbs_nobody(ada, hangar, site):
    good, bad = say(ada, hangar, site.url()), say(ada, hangar, site.url("/none"))
    assert preview_due() == 2
    assert len(shown(good)) == 1 and shown(bad) == []
    assert now(hangar).revision == bad.revision + 1


def test_a_page_is_looked_at_once_a_day_for_everybody(ada, bob, hangar, cockpit, linking, site):
    asked = len(site.asked)
    other = say(ada, cockpit, site.url())
    preview_due()
    assert shown(other) == shown(linking) and len(site.asked) == asked
    Preview.objects.update(looked_at=timezone.now() - timedelta(hours=25))
    site.pages["/wings"] = b"<title>Newer wings</title>"
    latest = say(bob, hangar, site.url())
    preview_due()
    assert shown(latest)[0]["title"] == "Newer wings"
    assert shown(linking)[0]["title"] == "How wings & tails are made"


def test_a_look_in_vain_serves_for_less_long(ada, hangar, site):
    for minutes, looks in ((0, 1), (20, 1), (40, 2)):
        Preview.objects.update(looked_at=timezone.now() - timedelta(minutes=minutes))
        say(ada, hangar, site.url("/none"))
        preview_due()
        assert len(site.asked) == looks


def test_a_failure_of_ours_is_tried_again(ada, hangar, site, monkeypatch):
    message = say(ada, hangar, site.url())
    with monkeypatch.context() as broken:
        broken.setattr(previewing, "change_message", lambda *what: 1 / 0)
        preview_due()
    errand = Errand.objects.get(verb=PREVIEW)
    assert errand.done_at is None and errand.due_at > timezone.now() and shown(message) == []
    Errand.objects.update(due_at=timezone.now())
    assert preview_due() == 1 and len(shown(message)) == 1


def test_a_page_costs_one_query_more_and_only_where_something_is_shown(client, ada, hangar, linking):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(hangar.url).status_code == 200
        return len(asked)

    client.force_login(ada)
    cost()
    with_previews = cost()
    Message.objects.update(has_previews=None)
    assert cost() == with_previews - 1


# -- how one goes ----------------------------------------------------------------------------------------------------


def test_the_author_removes_a_preview_for_good(ada, hangar, linking, site):
    where = {"conversation_id": hangar.pk, "message_id": linking.pk, "by": ada}
    before = now(hangar).revision
    asked = {**EXAMPLES["client"]["remove_preview"], "message_id": linking.pk, "url": site.url()}
    message = change_in(asked)(conversation_id=hangar.pk, by=ada)
    assert message.revision == before + 1 and shown(linking) == []
    remove_preview(**where, url=site.url())
    assert now(hangar).revision == before + 1
    for body in ("without it", f"with it again: {site.url()}"):
        edit_message(**where, body=body)
        preview_due()
    assert shown(linking) == []


def test_moderators_may_remove_it_too_and_nobody_else(ada, bob, vera, gus, eve, hangar, site):
    message = say(bob, hangar, site.url())
    preview_due()
    for who in (vera, gus, eve):
        with pytest.raises(PermissionDenied):
            remove_preview(conversation_id=hangar.pk, message_id=message.pk, by=who, url=site.url())
    assert len(shown(message)) == 1
    assert BoardMembership.objects.get(user=ada, board=hangar.board_id).role == "owner"
    remove_preview(conversation_id=hangar.pk, message_id=message.pk, by=ada, url=site.url())
    assert shown(message) == []


def test_an_edit_looks_at_what_is_new_and_drops_what_is_gone(ada, hangar, linking, site):
    site.pages["/tails"] = b"<title>Tails</title>"
    edit_message(
        conversation_id=hangar.pk, message_id=linking.pk, by=ada, body=f"Rather {site.url('/tails')}"
    )
    assert shown(linking) == []
    preview_due()
    assert [one["title"] for one in shown(linking)] == ["Tails"]
    edit_message(
        conversation_id=hangar.pk,
        message_id=linking.pk,
        by=ada,
        body=f"Now {site.url('/tails')} {site.url()}",
    )
    assert len(shown(linking)) == 1
    preview_due()
    assert {one["title"] for one in shown(linking)} == {"Tails", "How wings & tails are made"}


def test_what_was_taken_back_meanwhile_shows_nothing(ada, hangar, site):
    message = say(ada, hangar, site.url())
    delete_message(conversation_id=hangar.pk, message_id=message.pk, by=ada)
    before = now(hangar).revision
    preview_due()
    assert shown(message) == [] and now(hangar).revision == before
    changed = say(ada, hangar, site.url())
    links = previewing._previews_of({site.url()})
    edit_message(conversation_id=hangar.pk, message_id=changed.pk, by=ada, body="no link any more")
    previewing._show(changed, links)
    assert shown(changed) == []


def test_a_preview_goes_with_its_message_and_with_what_was_cleared(ada, hangar, linking, site):
    other = say(ada, hangar, site.url())
    preview_due()
    delete_message(conversation_id=hangar.pk, message_id=linking.pk, by=ada)
    assert shown(linking) == [] and ShownPreview.objects.get().message_id == other.pk
    clear_conversation(conversation_id=hangar.pk, by=ada)
    assert not ShownPreview.objects.exists()


def test_what_was_passed_on_shows_it_too(ada, cockpit, linking):
    copy = forward_message(by=ada, message_id=linking.pk, conversation_id=cockpit.pk)
    preview_due()
    assert shown(copy) == shown(linking)


def test_what_no_message_shows_is_forgotten_with_its_picture(ada, hangar, linking):
    preview = Preview.objects.get()
    old = timezone.now() - previewing.KEPT - timedelta(seconds=1)
    Preview.objects.update(looked_at=old)
    assert previewing.forget_unused_previews() == 0 and default_storage.exists(preview.path)
    delete_message(conversation_id=hangar.pk, message_id=linking.pk, by=ada)
    assert previewing.forget_unused_previews() == 1
    assert not default_storage.exists(preview.path) and not Preview.objects.exists()


# -- its picture -----------------------------------------------------------------------------------------------------


def test_the_picture_is_ours_small_and_bare(client, ada, hangar, site):
    exif = Image.Exif()
    exif[0x010E] = "taken in the cockpit"
    photo = a_picture((2000, 1000), "JPEG", exif=exif)
    assert b"cockpit" in photo
    site.pages["/wing.png"] = (200, {"Content-Type": "image/jpeg"}, photo)
    message = say(ada, hangar, site.url())
    preview_due()
    client.force_login(ada)
    answer = client.get(shown(message)[0]["picture"]["url"])
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    content = b"".join(answer)
    assert b"cockpit" not in content
    assert Image.open(io.BytesIO(content)).size == (640, 320)


def test_only_who_may_read_a_message_with_it_gets_the_picture(client, ada, bob, gus, cockpit, site):
    site.pages["/wing.png"] = (200, {"Content-Type": "image/png"}, a_picture())
    message = say(ada, cockpit, site.url())
    preview_due()
    url = shown(message)[0]["picture"]["url"]

    def answer_to(who):
        client.force_login(who)
        return client.get(url).status_code

    assert [answer_to(who) for who in (ada, gus, bob)] == [200, 200, 404]
    remove_preview(conversation_id=cockpit.pk, message_id=message.pk, by=ada, url=site.url())
    assert answer_to(ada) == 404


@pytest.mark.parametrize(
    "picture",
    [
        (404, {}, b""),
        (200, {"Content-Type": "image/svg+xml"}, b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        (200, {"Content-Type": "image/png"}, b"no picture"),
        (200, {"Content-Type": "text/html"}, a_picture()),
        (200, {"Content-Type": "image/png"}, a_picture((1, 1))),
        (200, {"Content-Type": "image/png"}, a_picture((4000, 3001))),
        (200, {"Content-Type": "image/png"}, a_picture() + b"\0" * 600_000),
    ],
    ids=["gone", "svg", "broken", "a page", "a mark", "a bomb", "too heavy"],
)
def test_what_is_no_fit_picture_is_left_out(ada, hangar, site, picture):
    site.pages["/wing.png"] = picture
    message = say(ada, hangar, site.url())
    preview_due()
    assert shown(message)[0]["picture"] is None and site.asked[-1][0] == "/wing.png"


def test_at_most_two_pictures_are_decoded_at_once(site, monkeypatch):
    """A third would be let in by the other two, if it came while they are at it."""
    three, met = Barrier(3), []

    def unpack(content):
        with suppress(BrokenBarrierError):
            met.append(three.wait(0.5))

    monkeypatch.setattr(looking, "small_picture", unpack)
    site.pages["/wing.png"] = (200, {"Content-Type": "image/png"}, a_picture())
    looks = [looking.Look(site.url()) for _ in range(4)]
    assert all(look.found() for look in looks) and met == []


def test_a_picture_whose_turn_comes_too_late_is_not_decoded(site, monkeypatch):
    unpacked = []
    monkeypatch.setattr(looking, "TIME", 0.5)
    monkeypatch.setattr(looking, "small_picture", unpacked.append)
    site.pages["/wing.png"] = (200, {"Content-Type": "image/png"}, a_picture())
    with looking.DECODING, looking.DECODING:
        look = looking.Look(site.url())
        assert look.found().page.title
    look.join()
    assert unpacked == []
    looking.Look(site.url()).found()
    assert len(unpacked) == 1


def test_a_picture_that_comes_late_is_left_out(ada, hangar, site, monkeypatch):
    monkeypatch.setattr(looking, "TIME", 0.5)
    site.pages["/wing.png"] = (200, {"Content-Type": "image/png"}, None)
    message = say(ada, hangar, site.url())
    preview_due()
    assert shown(message)[0]["picture"] is None
