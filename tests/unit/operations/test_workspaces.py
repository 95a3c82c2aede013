"""The demo and the crowd are what the guide and the load tests count on."""

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from accounts.pictures.faces import path_of
from accounts.sessions.validity import still_valid
from boards.models import Board, Task
from messaging.models import Conversation, Draft, Membership, Message, Notification, Saved, Scheduled
from operations import demo
from operations.models import Heartbeat

pytestmark = pytest.mark.django_db


def test_the_demo_is_what_the_sign_in_says():
    demo.make()
    people = {user.username: user for user in User.objects.all()}
    assert set(people) == {"ada", "bob", "carol", "eve", "gil"}
    assert people["ada"].check_password("prizmai-demo")
    board = Board.objects.get(name="Apollo launch")
    assert set(board.people.values_list("username", flat=True)) == {"ada", "bob", "carol"}
    general, leads, vendors = Conversation.objects.filter(kind="room").order_by("pk")
    assert (general.name, general.is_private, leads.name, leads.is_private) == (
        "General",
        False,
        "Leads",
        True,
    )
    assert set(leads.memberships.values_list("user__username", flat=True)) == {"ada", "carol"}
    assert list(Conversation.objects.visible_to(people["gil"])) == [vendors]
    assert Task.objects.order_by("pk").first().comment_count >= 0
    assert not Conversation.objects.visible_to(people["eve"]).exists()


def test_the_demo_tells_of_weeks_and_in_order():
    demo.make()
    general = Conversation.objects.get(name="General")
    times = list(general.messages.order_by("seq").values_list("created_at", flat=True))
    assert times == sorted(times)
    assert (times[-1] - times[0]).days >= 14
    assert general.messages.exclude(html=None).exists() and general.messages.exclude(edited_at=None).exists()
    assert general.messages.filter(reply_to__isnull=False).exists()
    assert Message.objects.filter(conversation__task__isnull=False).count() >= 10


def test_the_demo_shows_what_can_be_done_with_a_message():
    demo.make()
    ada, general = User.objects.get(username="ada"), Conversation.objects.get(name="General")
    assert general.pins.count() == 1
    edited = general.messages.get(edited_at__isnull=False)
    assert [version.written_at for version in edited.versions.all()] == [edited.created_at]
    chart = general.messages.get(attachments__isnull=False).attachments.get()
    assert (chart.width, chart.height) == (1600, 900) and chart.thumbnail_at
    assert default_storage.exists(chart.path) and default_storage.exists(chart.small_path)
    assert Message.objects.get(forwarded_from__isnull=False).forwarded_from == edited
    assert Membership.objects.exclude(favourite="").get().conversation == general
    assert Saved.objects.filter(user=ada).exists() and Draft.objects.filter(user=ada).exists()
    assert Scheduled.objects.get(author=ada).send_at > timezone.now()


def test_what_waits_for_ada_in_the_demo_is_of_today():
    demo.make()
    unread = Notification.objects.filter(user__username="ada", read_at=None)
    assert unread.filter(kind="mention", message__conversation__name="General").count() == 1
    for notification in unread:
        assert notification.created_at == notification.message.created_at
    assert not Notification.objects.filter(message=None, read_at=None).exists()


def test_the_notifications_of_the_demo_came_as_their_times_say():
    demo.make()
    for user in User.objects.all():
        times = list(user.notifications.order_by("pk").values_list("created_at", flat=True))
        assert times == sorted(times)
    assert User.objects.get(username="ada").notifications.count() > 5


def test_the_people_of_the_demo_have_faces_of_their_own():
    demo.make()
    worn = {user.username: user.avatar for user in User.objects.exclude(avatar="")}
    assert set(worn) == {"ada", "bob", "carol", "eve"}
    pictures = {default_storage.open(path_of(key, 256)).read() for key in worn.values()}
    assert len(pictures) == 4


def test_the_demo_is_open_until_its_password_is_changed():
    assert not demo.is_open()
    demo.make()
    assert demo.is_open()
    for user in User.objects.all():
        user.set_password("something else entirely")
        user.save()
    assert not demo.is_open()


def test_the_demo_is_for_an_empty_database_only():
    User.objects.create_user("grace")
    with pytest.raises(CommandError, match="empty"):
        call_command("demo")


def test_a_crowd_is_refused_without_the_load_test_setting(settings):
    settings.LOADTEST = False
    with pytest.raises(CommandError, match="PRIZMAI_LOADTEST=1"):
        call_command("crowd", people=2, rooms=1)


def test_a_crowd_is_spread_over_its_rooms_and_signed_in(settings):
    settings.LOADTEST = True
    out = StringIO()
    call_command("crowd", people=10, rooms=3, stdout=out)
    first = int(out.getvalue())
    sessions = still_valid([f"crowdsession{n}" for n in range(1, 12)])
    assert len(sessions) == 10
    for n in range(1, 11):
        user = User.objects.get(pk=sessions[f"crowdsession{n}"])
        assert [c.pk for c in Conversation.objects.visible_to(user).filter(is_private=True)] == [
            first + (n - 1) % 3
        ]


def test_a_second_crowd_takes_the_place_of_the_first(settings):
    settings.LOADTEST = True
    call_command("crowd", people=5, rooms=2, stdout=StringIO())
    call_command("crowd", people=3, rooms=1, stdout=StringIO())
    assert set(still_valid([f"crowdsession{n}" for n in range(1, 6)])) == {
        f"crowdsession{n}" for n in (1, 2, 3)
    }


def test_beat_leaves_a_sign_of_life():
    from operations.tasks import beat

    beat()
    beat()
    heartbeat = Heartbeat.objects.get(name="beat")
    assert heartbeat.is_alive and heartbeat.host
