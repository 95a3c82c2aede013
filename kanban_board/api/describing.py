"""The OpenAPI description: what the doors say of themselves, and by which scope each is entered."""

from functools import cache

from accounts.api import Refusal
from accounts.scopes import SCOPES

from . import api

ROOT = "/api/v1/"
JSON = "application/json"
TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "An access token, made on the profile page. Scopes: " + ", ".join(SCOPES),
}
REFUSED = {
    "description": "Refused",
    "content": {JSON: {"schema": {"$ref": "#/components/schemas/Refusal"}}},
}


@cache
def described():
    said = api.get_openapi_schema(path_prefix=ROOT)
    said["components"]["securitySchemes"] = {"token": TOKEN}
    said["components"]["schemas"]["Refusal"] = Refusal.model_json_schema(mode="serialization")
    doors = {door["operationId"]: door for _, _, door in each_door(said)}
    for operation in operations():
        door, scope = doors[api.get_openapi_operation_id(operation)], operation.auth_callbacks[0].scope
        answers = {str(status): answer for status, answer in door["responses"].items()}
        door["operationId"] = operation.view_func.__name__
        door["security"] = [{"token": [scope] if scope else []}]
        door["responses"] = {**answers, "default": REFUSED}
    return said


def operations():
    """Every door, as ninja knows it."""
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            yield from view.operations


def each_door(said):
    """(path, method, what is said of it)"""
    for path, methods in said["paths"].items():
        for method, door in methods.items():
            yield path, method.upper(), door
