"""The scene that is copied is the one that was set: the same rows and files, found by the same words."""

from django.core.files.storage import default_storage
from django.db import transaction

from messaging.search.finding import search

from .. import copied
from .whole_scene import set_scene


def test_a_copy_is_as_the_scene_was_set(db, own_folder, monkeypatch):
    monkeypatch.setattr(copied, "_left", {})
    with transaction.atomic():
        assert (told := _told()) and told[1] == b"a secret plan" and told[2]
        transaction.set_rollback(True)
    assert _told() == told


def _told():
    """Every row, a file, and what is found."""
    scene = copied.copied(set_scene)
    with default_storage.open(scene.file.path) as file:
        return copied._rows(), file.read(), [hit.pk for hit in search(scene.ada, "secret").hits]
