"""The description says what is so: every answer has the shape it declares, and its references lead somewhere."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from pydantic import BaseModel, ConfigDict, create_model

from accounts.actions import make_token
from kanban_board.api.describing import described, each_door, operations

from ..security.api_doors import CALLS, DECLARED
from ..security.conftest import scene  # noqa: F401  fixtures
from ..security.test_s64_api import calls, secrets  # noqa: F401  fixtures

METHODS = {"GET", "POST", "PATCH", "PUT", "DELETE"}
SHAPED = [call for call in CALLS if call not in ("api:nothing", "api:fetch")]
BY_NAME = {f"api:{one.view_func.__name__}": one for one in operations()}


def strictly(shape, value):
    """Validates without turning anything into anything else, and lets no field go undeclared."""
    shape.model_validate(value, strict=True)
    _all_declared(shape, value)


def _all_declared(shape, value):
    assert value.keys() <= shape.model_fields.keys(), value.keys() - shape.model_fields.keys()
    for name, field in shape.model_fields.items():
        inner = next((one for one in _parts(field.annotation) if _is_shape(one)), None)
        values = value.get(name) if isinstance(value.get(name), list) else [value.get(name)]
        for one in values if inner else ():
            if one is not None:
                _all_declared(inner, one)


def _parts(annotation):
    yield annotation
    for one in getattr(annotation, "__args__", ()):
        yield from _parts(one)


def _is_shape(one):
    return isinstance(one, type) and issubclass(one, BaseModel)


def declared(call):
    """(status, the whole shape, the one for who does not read or None)"""
    ((status, shape),) = BY_NAME[call.partition("#")[0]].response_models.items()
    told = shape.model_fields["response"].annotation
    whole, numbers = getattr(told, "__args__", None) or (told, None)
    return status, whole, numbers


def who_may(call):
    return next(name for name in ("bob", "ada") if DECLARED[call][name][0] == "2")


@pytest.mark.parametrize("call", SHAPED)
def test_every_answer_has_the_shape_it_declares(secrets, calls, call):  # noqa: F811
    answer, _ = calls(call, secrets[who_may(call)])
    status, whole, _ = declared(call)
    assert answer.status_code == status
    strictly(whole, json.loads(answer.read))


@pytest.mark.parametrize("call", [call for call in SHAPED if declared(call)[2]])
def test_a_token_that_writes_alone_is_answered_in_the_shape_that_is_declared(scene, calls, call):  # noqa: F811
    person = getattr(scene, who_may(call))
    _, secret = make_token(by=person, name="Bot", scopes=["messages:write", "boards:write"])
    status, _, numbers = declared(call)
    answer, _ = calls(call, secret)
    assert answer.status_code == status
    strictly(numbers, json.loads(answer.read))


def test_another_shape_would_be_seen():
    inner = create_model("Inner", name=(str, ...), __config__=ConfigDict())
    outer = create_model("Outer", ones=(list[inner], ...))
    strictly(outer, {"ones": [{"name": "x"}]})
    for wrong in ({"ones": [{"name": 1}]}, {"ones": [{"name": "x", "more": 1}]}, {"ones": [{}]}, {}):
        with pytest.raises((ValueError, AssertionError)):
            strictly(outer, wrong)


def test_a_refusal_has_the_shape_it_declares(secrets, calls):  # noqa: F811
    from accounts.api import Refusal

    refused = [calls(call, secrets["eve"])[0] for call in CALLS if DECLARED[call]["eve"] != "200"]
    assert len(refused) > 20
    for answer in refused:
        strictly(Refusal, answer.json())


def test_the_description_is_whole():
    said = json.loads(json.dumps(described()))
    assert said["openapi"].startswith("3.1.") and said["info"]["title"] and said["info"]["version"]
    names = [door["operationId"] for _, _, door in each_door(said)]
    assert len(names) == len(set(names)) == len(BY_NAME) and {f"api:{name}" for name in names} == set(BY_NAME)
    for reference in re.findall(r'"\$ref": "([^"]+)"', json.dumps(said)):
        found = said
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
    for path, method, door in each_door(said):
        assert method in METHODS and door["summary"] and door["description"], path
        told = {one["name"] for one in door["parameters"] if one["in"] == "path"}
        assert told == set(re.findall(r"{(\w+)}", path))
        assert all(one["required"] for one in door["parameters"] if one["in"] == "path")
        (security,) = door["security"]
        assert security.keys() <= said["components"]["securitySchemes"].keys()
        assert all(re.fullmatch(r"[1-5]\d\d|default", status) for status in door["responses"])


def test_anybody_may_have_the_description(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get("/api/v1/openapi.json")
    assert answer.json() == json.loads(json.dumps(described()))


def test_the_document_names_every_door_and_its_scope():
    page = (Path(__file__).parents[3] / "docs/api.md").read_text()
    rows = re.findall(r"^\| `([A-Z]+) (/\S+)` \|.*\| (\S+|by `kind`) \|$", page, re.M)
    scopes = {"search": "by `kind`"}
    assert sorted(rows) == sorted(
        (method, path.removeprefix("/api/v1"), scopes.get(door["operationId"], _scope(door)))
        for path, method, door in each_door(described())
    )


def _scope(door):
    return "".join(f"`{scope}`" for scope in door["security"][0]["token"]) or "any"


def test_the_page_shows_every_door_and_loads_nothing_from_elsewhere(db, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("ada"))
    page = client.get("/api/v1/").content.decode()
    for path, method, door in each_door(described()):
        assert f"<b>{method}</b> <code>{path}</code>" in page and door["summary"] in page
    assert "http://testserver/api/v1/me" in page
    assert not re.search(r'(src|href)="(https?:)?//', page)
