"""The path converter `id`: a number that the database can hold. A longer one gives 404 instead of an error."""

from django.urls import register_converter
from django.urls.converters import IntConverter

from live.ids import LONGEST_ID


class IdConverter(IntConverter):
    regex = f"[0-9]{{1,{LONGEST_ID}}}"


register_converter(IdConverter, "id")
