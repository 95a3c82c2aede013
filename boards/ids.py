"""An id in an address: a number that a database could hold. Whatever is longer leads nowhere, instead of failing."""

from django.urls import register_converter
from django.urls.converters import IntConverter

from live.ids import LONGEST_ID


class IdConverter(IntConverter):
    regex = f"[0-9]{{1,{LONGEST_ID}}}"


register_converter(IdConverter, "id")
