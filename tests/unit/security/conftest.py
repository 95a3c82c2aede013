"""The cast as attackers find them. Ada owns the board, Bob works on it, Vera looks on, Gus is a guest of its open room,
Otto talks in a room of another board, Rex was removed, Eve is never in it."""

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts import back_in, first_admin
from accounts.actions import make_invite_link, make_token
from accounts.faces import keep_face
from accounts.single_sign_on.configured import SignOn
from boards.actions import (
    add_board_member,
    add_item,
    create_board,
    create_label,
    create_task,
    remove_board_member,
)
from messaging.actions import (
    ask_export,
    create_room,
    invite,
    keep_upload,
    make_board_hook,
    make_bot,
    make_incoming_hook,
    make_room_hook,
    open_direct,
    prepare_exports,
    schedule_message,
)
from messaging.models import Preview, ShownPreview

from ..messaging.conftest import (  # noqa: F401  fixtures
    ada,
    board,
    bob,
    eve,
    gus,
    hangar,
    nobody_has_posted_yet,
    person,
    rex,
    say,
    vera,
)


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


@pytest.fixture(autouse=True)
def single_sign_on(settings):
    """By an issuer that is away."""
    settings.OIDC = SignOn(issuer="http://127.0.0.1:9", client_id="prizmai", client_secret="secret")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Uploads go where the tests may write; passwords are hashed quickly."""
    stored = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "media"},
    }
    settings.STORAGES = {**settings.STORAGES, "default": stored}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def a_picture(size=(80, 60), kind="PNG", **how):
    """An upload that is one."""
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **how)
    return SimpleUploadedFile("face.png", written.getvalue())


@pytest.fixture
def otto(db):
    return person("otto")


@pytest.fixture
def scene(ada, bob, vera, gus, rex, eve, otto, board, hangar):  # noqa: F811
    """Something of everything, behind every kind of door."""
    far = create_board(by=otto, name="Elsewhere")
    carl = person("carl")
    add_board_member(by=ada, board_id=board.pk, user_id=carl.pk)
    add_board_member(by=ada, board_id=board.pk, user_id=rex.pk)
    private = create_room(
        by=ada, board_id=board.pk, name="Cockpit", is_private=True, people=[bob.pk, vera.pk, rex.pk]
    )
    remove_board_member(by=ada, board_id=board.pk, user_id=rex.pk)
    column = board.columns.first()
    task = create_task(by=ada, column_id=column.pk, title="Engine")
    direct = open_direct(by=bob, people=[carl.pk])
    upload = keep_upload(conversation_id=private.pk, by=ada, name="plan.txt", chunks=[b"a secret plan"])
    bot = make_bot(by=ada, board_id=board.pk, name="Tug")
    incoming, hook_secret = make_incoming_hook(by=ada, conversation_id=private.pk, bot_id=bot.pk)
    told = {"bot_id": bot.pk, "url": "https://ci.example.org/hook", "events": ["chat_message"]}
    webhook = make_room_hook(by=ada, conversation_id=private.pk, **told)
    message = say(ada, private, "the secret of the cockpit", attachments=[upload.pk])
    preview = Preview.objects.create(url="https://example.org/", title="a secret page", width=80, height=60)
    default_storage.save(preview.path, a_picture())
    ShownPreview.objects.create(message=message, preview=preview)
    later = timezone.now() + timedelta(days=1)
    scheduled = schedule_message(conversation_id=private.pk, by=ada, body="a secret yet", send_at=later)
    say(ada, task.conversation, "the secret of the engine")
    say(bob, direct, "the secret of the two")
    say(ada, hangar, "what all may know @gus")
    invite(by=ada, conversation_id=private.pk, user_id=otto.pk)
    carl.avatar = keep_face(a_picture())
    carl.save()
    for one in (ada, bob, vera, gus, rex, eve, otto, carl):  # as the page of addresses does on its first look
        EmailAddress.objects.create(user=one, email=one.email, primary=True)
    access_token, _ = make_token(by=ada, name="Ada's bot", scopes=["boards:read"])
    export = ask_export(by=ada, what="mine")
    prepare_exports()
    link, token = make_invite_link(by=None, people=None)
    return SimpleNamespace(
        board=board,
        far=far,
        column=column,
        empty_column=board.columns.last(),
        task=task,
        item=add_item(by=ada, task_id=task.pk, text="a secret step"),
        engine=task.conversation,
        private=private,
        hangar=hangar,
        direct=direct,
        label=create_label(by=ada, board_id=board.pk, name="Urgent", colour="red"),
        file=upload,
        invitation=private.invitations.get(),
        face_key=carl.avatar,
        message=message,
        preview=preview,
        scheduled=scheduled,
        access_token=access_token,
        bot=bot,
        incoming=incoming,
        hook_secret=hook_secret,
        webhook=webhook,
        board_webhook=make_board_hook(by=ada, board_id=board.pk, **told),
        delivery=webhook.deliveries.get().pk,
        export=export,
        invite_link=link,
        invite_token=token,
        back_in_token=back_in.make_link("", carl).rsplit("/", 2)[1],
        token=first_admin.make_link("").rsplit("/", 2)[1],
        ada=ada,
        bob=bob,
        vera=vera,
        gus=gus,
        rex=rex,
        eve=eve,
        otto=otto,
        carl=carl,
    )
