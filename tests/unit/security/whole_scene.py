"""The scene for attackers: something of everything, behind every kind of door."""

import io
from datetime import timedelta
from types import SimpleNamespace

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.actions import make_invite_link, make_token
from accounts.pictures.faces import keep_face
from accounts.signing_in import back_in, first_admin
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

from ..cast import board_of, person
from ..messaging.conftest import removed_from, room_of, say


def a_picture(size=(80, 60), kind="PNG", **how):
    """An upload that is one."""
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **how)
    return SimpleUploadedFile("face.png", written.getvalue())


def set_scene():
    ada, bob, vera, gus = map(person, ("ada", "bob", "vera", "gus"))
    board = board_of(ada, bob, vera)
    rex, eve, otto, hangar = removed_from(board, ada), person("eve"), person("otto"), room_of(board, ada, gus)
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
