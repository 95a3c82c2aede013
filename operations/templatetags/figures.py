"""Figures as people say them: {{ seconds|delay }}."""

from django import template

from operations.health import words

register = template.Library()
register.filter("delay", words.delay)
