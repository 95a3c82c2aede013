"""Template tags about e-mail addresses."""

from django import template

from .. import mail
from ..addresses import with_address
from ..models import User

register = template.Library()


@register.simple_tag
def letters_leave():
    """Whether this server sends mail."""
    return mail.has_a_way_out()


@register.filter
def is_proved(person):
    """Whether this person's primary address is proved."""
    return with_address(User.objects.filter(pk=person.pk)).exists()
