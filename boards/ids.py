"""An id in an address: a number that a database could hold. Whatever is longer leads nowhere, instead of failing."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class IdConverter(IntConverter):
    regex = "[0-9]{1,18}"


register_converter(IdConverter, "id")
