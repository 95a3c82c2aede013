"""What ada has laid out for herself: a favourite, something saved, a draft and a message that is sent later."""

from datetime import timedelta

from django.utils import timezone

from messaging import actions

DRAFT = "About the cake: shall we ask Bob which one, or would that spoil the "
LATER = (
    "Good morning! Today is the day. The newsletter goes out at 15:00; until then: **nothing new**, please."
)


def lay_out(ada, general, leads, posted):
    actions.favour(by=ada, conversation_id=general.pk)
    actions.save_message(by=ada, message_id=posted["press"].pk)
    actions.keep_draft(by=ada, conversation_id=leads.pk, body=DRAFT)
    actions.schedule_message(conversation_id=general.pk, by=ada, body=LATER, send_at=_next_working_morning())


def _next_working_morning():
    day = timezone.now() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.replace(hour=7, minute=30, second=0, microsecond=0)
