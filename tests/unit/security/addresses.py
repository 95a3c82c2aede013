"""Every address of the URLconf, what a request to it would say, and who gets which answer.

An address that is not declared here fails the tests: whoever adds one says who may come in.
"""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse

NOWHERE = 1_000_000  # the id of nothing


def patterns(resolver=None, before="", space=""):
    """{full name, or the route of a nameless one: its pattern}."""
    found = {}
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            found |= patterns(one, route, f"{one.namespace}:" if one.namespace else space)
        else:
            found[space + one.name if one.name else "/" + route] = one
    return found


def a_file():
    return {"file": SimpleUploadedFile("notes.txt", b"words")}


def passwords(old="", new="quite another sentence"):
    return {"oldpassword": old, "password1": new, "password2": new}


# What a browser tells that may be woken.
BROWSER = {
    "endpoint": "https://fcm.googleapis.com/fcm/send/abc",
    "p256dh": "BA3Matqmx_ibR39vues5AkK5QuMMKVcRmMt-oC9h_thKF4Kc1hETxQQxnRMjXp5D7LWdXOU5F4k4E7kqyS1XcwI",
    "auth": "AAAAAAAAAAAAAAAAAAAAAA",
}

# What an outgoing webhook is made of.
HOOK = {"bot": "bot", "url": "https://ci.example.org/hook", "events": "chat_message"}

# What fills each address, and a form that it would take. One address may be asked after several things: name#thing.
ASKS = {
    "/": ((), {}),
    "/healthz": ((), {}),
    "/readyz": ((), {}),
    "/metrics": ((), {}),
    "accounts:profile": (
        (),
        {"display_name": "X", "theme": "dark", "density": "compact", "time_zone": ""},
    ),
    "accounts:change_face": ((), {}),
    "accounts:remove_face": ((), {}),
    "accounts:sign_out_elsewhere": ((), {}),
    "accounts:sign_out_there": (("guess",), {}),
    "accounts:tokens": ((), {"name": "Bot", "scopes": "messages:read"}),
    "accounts:end_token": (("access_token",), {}),
    "accounts:two_factor": ((), {"secret": "guess", "code": "123456", "password": "a guess"}),
    "accounts:renew_codes": ((), {"password": "a guess"}),
    "accounts:switch_off": ((), {"password": "a guess"}),
    "accounts:second_step": ((), {"code": "123456"}),
    "accounts:sign_on": ((), {}),
    "accounts:come_anew": ((), {}),
    "accounts:signed_on": ((), {}),
    "accounts:unlink": ((), {}),
    "accounts:back_in": (("back_in_token",), {}),
    "accounts:take_two_factor_away": (("carl",), {}),
    "accounts:face": (("face_key", "64"), {}),
    "accounts:first": (("token",), {"username": "zoe", **passwords()}),
    "accounts:join": (("invite_token",), {"username": "zoe", **passwords()}),
    "accounts:people": ((), {}),
    "accounts:person": (("carl",), {}),
    "accounts:deactivate": (("carl",), {}),
    "accounts:let_in": (("carl",), {}),
    "accounts:promote": (("oneself",), {}),
    "accounts:demote": (("carl",), {}),
    "accounts:new_password": (("carl",), {}),
    "accounts:confirm_email": (("guess",), {}),
    "accounts:addresses": ((), {"email": "new@example.org", "action_add": ""}),
    "accounts:audit": ((), {}),
    "accounts:audit_export": (("csv",), {}),
    "accounts:invite": ((), {"people": "1", "note": "Zoe"}),
    "accounts:take_back": (("invite_link",), {}),
    "operations:how_it_is": ((), {}),
    "account_login": ((), {"login": "ada", "password": "a guess"}),
    "account_logout": ((), {}),
    "account_inactive": ((), {}),
    "account_signup": ((), {"username": "zoe", **passwords()}),
    "account_reauthenticate": ((), {"password": "a guess"}),
    "account_email": ((), {"email": "new@example.org", "action_add": ""}),
    "account_email_verification_sent": ((), {}),
    "account_change_password": ((), passwords("a guess")),
    "account_set_password": ((), passwords()),
    "account_reset_password": ((), {"email": "ada@example.org"}),
    "account_confirm_login_code": ((), {"code": "123456"}),
    "account_confirm_email": (("guess",), {}),
    "account_reset_password_from_key_done": ((), {}),
    "account_reset_password_from_key": (("uid", "guess"), passwords()),
    "account_reset_password_done": ((), {}),
    "api:page": ((), {}),
    "api:description": ((), {}),
    "mcp": ((), {}),
    "boards:list": ((), {}),
    "boards:create": ((), {"name": "Other"}),
    "boards:board": (("board",), {}),
    "boards:settings": (("board",), {}),
    "boards:rename": (("board",), {"name": "Shed"}),
    "boards:keep": (("board",), {"days": "30"}),
    "boards:invite": (("board",), {"people": "1", "note": "Zoe", "role": "member"}),
    "boards:add_person": (("board",), {"person": "@eve", "role": "member"}),
    "boards:change_role": (("board", "carl"), {"role": "viewer"}),
    "boards:remove_person": (("board", "carl"), {}),
    "boards:remove_person#oneself": (("board", "oneself"), {}),
    "boards:create_label": (("board",), {"name": "Late", "colour": "blue"}),
    "boards:edit_label": (("label",), {"name": "Late", "colour": "blue"}),
    "boards:remove_label": (("label",), {}),
    "boards:create_column": (("board",), {"title": "Review"}),
    "boards:edit_column": (("column",), {"title": "Now"}),
    "boards:move_column": (("column",), {}),
    "boards:remove_column": (("empty_column",), {}),
    "boards:create_task": (("column",), {"title": "Tail"}),
    "boards:edit_task": (("task",), {"title": "Motor"}),
    "boards:cards": ((), {}),
    "boards:take_task": (("task",), {}),
    "boards:assign_task": (("task",), {"people": "bob"}),
    "boards:label_task": (("task",), {"labels": "label"}),
    "boards:move_task": (("task",), {"column": "empty_column"}),
    "boards:undo_task": (("task",), {"what": "rename", "title": "Engine", "left_as": "Engine"}),
    "boards:archive_task": (("task",), {}),
    "boards:restore_task": (("task",), {}),
    "boards:checklist": (("task",), {}),
    "boards:add_item": (("task",), {"text": "Oil it"}),
    "boards:edit_item": (("task", "item"), {"done": "yes"}),
    "boards:move_item": (("task", "item"), {}),
    "boards:remove_item": (("task", "item"), {}),
    "messaging:catch_up": ((), {}),
    "messaging:notifications": ((), {"all": "1"}),
    "messaging:notification_wishes": ((), {"digest": "daily"}),
    "messaging:add_browser": ((), BROWSER),
    "messaging:remove_browser": ((), {"endpoint": BROWSER["endpoint"]}),
    "messaging:unsubscribe": (("token",), {}),
    "messaging:worker": ((), {}),
    "messaging:manifest": ((), {}),
    "messaging:offline": ((), {}),
    "messaging:level#private": (("private",), {"level": "all"}),
    "messaging:level#task": (("engine",), {"level": "all"}),
    "messaging:level#direct": (("direct",), {"level": "mentions"}),
    "messaging:direct": ((), {"people": "carl"}),
    "messaging:find": ((), {}),
    "messaging:search": ((), {}),
    "messaging:read_all": ((), {}),
    "messaging:board_audit": (("board",), {}),
    "messaging:create_room": (("board",), {"name": "Tower"}),
    "messaging:room#private": (("private",), {}),
    "messaging:room#open": (("hangar",), {}),
    "messaging:room#direct": (("direct",), {}),
    "messaging:room#task": (("engine",), {}),
    "messaging:rename_room": (("private",), {"name": "Tower"}),
    "messaging:keep_room": (("private",), {"days": "30"}),
    "messaging:archive_room": (("private",), {}),
    "messaging:restore_room": (("private",), {}),
    "messaging:join_room#private": (("private",), {}),
    "messaging:join_room#open": (("hangar",), {}),
    "messaging:leave_room#private": (("private",), {}),
    "messaging:leave_room#direct": (("direct",), {}),
    "messaging:add_person": (("private",), {"person": "@eve"}),
    "messaging:room_privacy": (("private",), {"private": "0"}),
    "messaging:room_hearing": (("private",), {"hears": "1"}),
    "messaging:set_role": (("private", "bob"), {"role": "moderator"}),
    "messaging:accept_invitation": (("invitation",), {}),
    "messaging:decline_invitation": (("invitation",), {}),
    "messaging:withdraw_invitation": (("invitation",), {}),
    "messaging:person": (("carl",), {}),
    "messaging:remove_person": (("private", "bob"), {}),
    "messaging:ban_person": (("private", "bob"), {}),
    "messaging:lift_ban": (("private", "otto"), {}),
    "messaging:messages#private": (("private",), {"message": "Hello"}),
    "messaging:messages#open": (("hangar",), {"message": "Hello"}),
    "messaging:messages#task": (("engine",), {"message": "Hello"}),
    "messaging:messages#direct": (("direct",), {"message": "Hello"}),
    "messaging:files#private": (("private",), a_file),
    "messaging:files#task": (("engine",), a_file),
    "messaging:files#direct": (("direct",), a_file),
    "messaging:destinations": ((), {}),
    "messaging:people#private": (("private",), {}),
    "messaging:people#open": (("hangar",), {}),
    "messaging:people#task": (("engine",), {}),
    "messaging:people#direct": (("direct",), {}),
    "messaging:commands#private": (("private",), {}),
    "messaging:commands#open": (("hangar",), {}),
    "messaging:commands#task": (("engine",), {}),
    "messaging:commands#direct": (("direct",), {}),
    "messaging:draft#private": (("private",), {"text": "Hel"}),
    "messaging:draft#task": (("engine",), {"text": "Hel"}),
    "messaging:draft#direct": (("direct",), {"text": "Hel"}),
    "messaging:favourite#private": (("private",), {"on": "1"}),
    "messaging:favourite#task": (("engine",), {"on": "1"}),
    "messaging:favourite#direct": (("direct",), {"on": "1"}),
    "messaging:read#private": (("private",), {"message": "message"}),
    "messaging:changes#private": (("private",), {"type": "delete_message", "message_id": "message"}),
    "messaging:changes#direct": (("direct",), {"type": "delete_message", "message_id": "message"}),
    "messaging:clear#private": (("private",), {}),
    "messaging:clear#task": (("engine",), {}),
    "messaging:clear#direct": (("direct",), {}),
    "messaging:file": (("file",), {}),
    "messaging:preview": (("preview",), {}),
    "messaging:task": (("task",), {}),
    "messaging:saved": ((), {"message_id": "message"}),
    "messaging:exports": ((), {}),
    "messaging:export_everything": ((), {}),
    "messaging:export": (("export",), {}),
    "messaging:discard_export": (("export",), {}),
    "messaging:export_room": (("private",), {}),
    "messaging:scheduled": ((), {}),
    "messaging:reschedule": (("scheduled",), {"do": "cancel"}),
    "messaging:schedule": (("private",), {"message": "Later", "send_at": "2020-01-01T09:00:00Z"}),
    "messaging:pins": (("private",), {"message_id": "message", "on": "1"}),
    "messaging:versions": (("message",), {}),
    "messaging:bots": (("board",), {"name": "Radar"}),
    "messaging:bot": (("bot",), {"name": "Radar"}),
    "messaging:make_board_webhook": (("board",), HOOK),
    "messaging:webhooks": (("private",), {"bot": "bot"}),
    "messaging:webhooks#outgoing": (("private",), HOOK),
    "messaging:incoming_webhook": (("incoming",), {}),
    "messaging:webhook": (("webhook",), HOOK),
    "messaging:webhook#board": (("board_webhook",), {"do": "off"}),
    "messaging:send_again": (("delivery",), {}),
    "messaging:say_by_header": ((), {"text": "Hello"}),
    "messaging:say_by_hook": (("hook_secret",), {"text": "Hello"}),
    "messaging:say_by_hook#guess": (("guess",), {"text": "Hello"}),
    "messaging:forward": (("message",), {"conversation_id": "private"}),
    "messaging:make_card": (("message",), {"column": "column", "title": "Tail"}),
}

# What is entered by tokens alone, and by no cookie: declared in api_doors.py.
API = {name for name in patterns() if name.startswith("api:")} - ASKS.keys()


def filled(ask, scene, who=None):
    """(path, form) of an ask; `who` is whoever asks."""
    args, form = ASKS[ask]
    return path_to(ask, [value(arg, scene, who) for arg in args]), form_for(form, scene, who)


def nowhere(ask):
    """The same address with the ids of nothing; None for an address that names nothing."""
    args, _ = ASKS[ask]
    missing = [arg if arg.isdigit() else "x" * 32 if arg in ("file", "token") else NOWHERE for arg in args]
    return path_to(ask, missing) if args and not ask.startswith("account_") else None


def path_to(ask, args):
    name = ask.partition("#")[0]
    return name if name.startswith("/") else reverse(name, args=args)


def form_for(form, scene, who):
    if callable(form):
        return form()
    return {key: value(said, scene, who) if hasattr(scene, said) else said for key, said in form.items()}


def value(word, scene, who):
    """The id, or whatever stands for the thing in an address."""
    if word == "oneself":
        return who.pk if who else scene.ada.pk
    if word == "uid":
        return "1"
    thing = getattr(scene, word, word)
    return getattr(thing, "key", None) or getattr(thing, "pk", thing)
