"""The API as it describes itself: for programs in OpenAPI 3.1, for people as a page."""

from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from messaging.text.markdown import Parsed

from .describing import ROOT, described, each_door


@require_safe
def description(request):
    """It tells nothing of anybody, so anybody may have it."""
    return JsonResponse(described())


@login_required
@require_safe
def page(request):
    said, groups = described(), {}
    for path, method, door in each_door(said):
        groups.setdefault(door["tags"][0], []).append(_shown(said, path, method, door))
    address = request.build_absolute_uri(ROOT)
    return render(request, "api.html", {"groups": groups.items(), "address": address})


def _shown(said, path, method, door):
    about = door["description"]
    return {
        "method": method,
        "path": path,
        "summary": door["summary"],
        "about": mark_safe(
            Parsed(about, calls=False).html({}) or about
        ),  # ours, and rendered as messages are
        "scope": ", ".join(door["security"][0]["token"]),
        "fields": [*_of_query(door), *_of_body(said, door)],
    }


def _of_query(door):
    asked = [one for one in door["parameters"] if one["in"] == "query"]
    return [_field(one["name"], one["schema"], one["required"]) for one in asked]


def _of_body(said, door):
    for content in door.get("requestBody", {}).get("content", {}).values():
        shape = content["schema"]
        if "$ref" in shape:
            shape = said["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        required = shape.get("required", ())
        yield from (_field(name, field, name in required) for name, field in shape["properties"].items())


def _field(name, schema, is_required):
    return {"name": name, "required": is_required, "about": schema.get("description", "")}
