"""By which server does mail leave, if by any?"""

from .finding import well

NAME = "Mail"


def check(place):
    place.need_django()
    from operations.start.preparing import mail_in_words

    yield well(NAME, place.note.get("mail") or mail_in_words())
