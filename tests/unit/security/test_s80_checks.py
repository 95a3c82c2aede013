"""`manage.py check --deploy` tells what must not go online."""

import pytest
from django.core import checks


def told(deploy=True):
    found = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=deploy)
    return {one.id: one for one in found if one.id.startswith("prizmai")}


@pytest.fixture(autouse=True)
def online(settings):
    settings.ALLOWED_HOSTS = ["chat.example.org"]
    settings.ALLOWED_ORIGINS = ["https://chat.example.org"]
    settings.LOADTEST = False


def test_s80_what_is_well_set_passes():
    assert told() == {}


@pytest.mark.parametrize(
    ("setting", "value", "id"),
    [
        ("ALLOWED_HOSTS", ["*"], "prizmai.E001"),
        ("ALLOWED_ORIGINS", ["chat.example.org"], "prizmai.E002"),
        ("ALLOWED_ORIGINS", ["https://chat.example.org/"], "prizmai.E002"),
        ("ALLOWED_ORIGINS", ["https://*.example.org"], "prizmai.E002"),
        ("ALLOWED_ORIGINS", ["https://chat.example.org:x"], "prizmai.E002"),
        ("ALLOWED_ORIGINS", ["null"], "prizmai.E002"),
        ("ALLOWED_ORIGINS", [], "prizmai.E003"),
        ("ALLOWED_ORIGINS", ["http://chat.example.org"], "prizmai.E004"),
        ("PUBLIC_URL", "chat.example.org", "prizmai.E005"),
        ("PUBLIC_URL", "https://chat.example.org/chat", "prizmai.E005"),
        ("LOADTEST", True, "prizmai.W001"),
    ],
)
def test_s80_what_is_not_is_told_with_a_cure(settings, setting, value, id):
    setattr(settings, setting, value)
    assert id in told() and told()[id].hint


def test_s80_at_home_only_what_is_wrong_anywhere_is_told(settings):
    settings.ALLOWED_ORIGINS = []
    assert told(deploy=False) == {}
    settings.ALLOWED_HOSTS = ["*"]
    assert set(told(deploy=False)) == {"prizmai.E001"}
