"""Two people at one card: what each writes and ticks stays, whoever saves last with an old page."""

import re

import pytest
from django.test import Client

from boards.actions import assign_task, create_label, edit_task, unassign_task
from boards.models import Task

FIELDS = re.compile(
    r'<(?:input|textarea)[^>]* name="(\w+)"(?:[^>]* value="([^"]*)")?[^>]*>(?:([^<]*)</textarea>)?'
)


def at_card(person, engine):
    client = Client()
    client.force_login(person)
    return client, client.get(f"/boards/task/{engine.task_id}/").content.decode()


def form(page, door):
    """{name: [values]} that a browser would send of this form, its unticked boxes left out."""
    inside = re.search(rf'<form[^>]* action="/boards/task/\d+/{door}/".*?</form>', page, re.DOTALL)[0]
    sent = {}
    for field in FIELDS.finditer(inside):
        if 'type="checkbox"' not in field[0] or " checked" in field[0]:
            sent.setdefault(field[1], []).append(field[3] if field[3] is not None else field[2] or "")
    return {name: [value.replace("\n", "\r\n") for value in values] for name, values in sent.items()}


def sends(client, engine, door, said):
    return client.post(f"/boards/task/{engine.task_id}/{door}/", said, follow=True).content.decode()


def card(engine):
    return Task.objects.get(pk=engine.task_id)


def test_a_due_date_set_on_an_old_page_leaves_what_others_wrote(ada, bob, engine):
    edit_task(by=bob, task_id=engine.task_id, description="Two of them.\nOn wings.")
    client, page = at_card(ada, engine)
    edit_task(by=bob, task_id=engine.task_id, title="Motor", description="Four of them.")
    sends(client, engine, "edit", form(page, "edit") | {"due": "2031-05-04"})
    now = card(engine)
    assert (now.title, now.description, str(now.due)) == ("Motor", "Four of them.", "2031-05-04")


def test_what_two_wrote_in_one_field_is_refused_with_what_was_typed_at_hand(ada, bob, engine):
    client, page = at_card(ada, engine)
    edit_task(by=bob, task_id=engine.task_id, description="Four of <them>.")
    mine = form(page, "edit") | {"description": "Three.\r\nOr <five>."}
    page = sends(client, engine, "edit", mine)
    assert card(engine).description == "Four of <them>."
    assert "The description was changed by somebody else meanwhile." in page
    assert "Description on the card: Four of &lt;them&gt;." in page and "<five>" not in page
    again = form(page, "edit")
    assert again["description"] == ["Three.\r\nOr &lt;five&gt;."]
    assert again["was_description"] == ["Four of &lt;them&gt;."]
    again |= {"description": "Three.\r\nOr <five>.", "was_description": "Four of <them>."}
    page = sends(client, engine, "edit", again)
    assert card(engine).description == "Three.\nOr <five>." and "on the card:" not in page


def test_what_could_not_be_saved_is_shown_on_its_card_and_once(ada, engine):
    client, page = at_card(ada, engine)
    sends(client, engine, "edit", form(page, "edit") | {"due": "never", "title": "Motor", "next": "/boards/"})
    there = f"/boards/task/{engine.task_id}/"
    assert 'value="never"' in client.get(there).content.decode()
    assert 'value="never"' not in client.get(there).content.decode()


def test_two_who_write_the_same_agree(ada, bob, engine):
    client, page = at_card(ada, engine)
    edit_task(by=bob, task_id=engine.task_id, title="Motor")
    page = sends(client, engine, "edit", form(page, "edit") | {"title": "Motor ", "description": "Four."})
    assert "meanwhile" not in page and (card(engine).title, card(engine).description) == ("Motor", "Four.")


@pytest.mark.parametrize("away", [True, False])
def test_who_is_ticked_on_an_old_page_takes_nobody_off(ada, bob, vera, engine, away):
    """Nor whoever the page does not list, because their account is not in use."""
    assign_task(by=ada, task_id=engine.task_id, user_id=ada.pk)
    client, page = at_card(ada, engine)
    if away:
        assign_task(by=ada, task_id=engine.task_id, user_id=bob.pk)
        bob.is_active = False
        bob.save()
        client, page = at_card(ada, engine)
    else:
        assign_task(by=bob, task_id=engine.task_id, user_id=bob.pk)
    said = form(page, "people")
    assert said["people"] == [str(ada.pk)]
    sends(client, engine, "people", said | {"people": [vera.pk]})
    assert set(card(engine).assignees.all()) == {bob, vera}


def test_who_was_taken_off_meanwhile_stays_off(ada, bob, vera, engine):
    assign_task(by=ada, task_id=engine.task_id, user_id=vera.pk)
    client, page = at_card(ada, engine)
    unassign_task(by=bob, task_id=engine.task_id, user_id=vera.pk)
    sends(client, engine, "people", form(page, "people") | {"people": [vera.pk, bob.pk]})
    assert set(card(engine).assignees.all()) == {bob}


def test_labels_are_put_on_and_taken_off_in_the_same_way(ada, bob, board, engine):
    red, blue, green = (
        create_label(by=ada, board_id=board.pk, name=name, colour=name).pk
        for name in ("red", "blue", "green")
    )
    edit_task(by=ada, task_id=engine.task_id, label_ids=[red])
    client, page = at_card(ada, engine)
    edit_task(by=bob, task_id=engine.task_id, label_ids=[red, blue])
    said = form(page, "labels")
    assert said["labels"] == [str(red)]
    sends(client, engine, "labels", said | {"labels": [green]})
    assert {label.pk for label in card(engine).labels.all()} == {blue, green}
