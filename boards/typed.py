"""What somebody typed on a card and could not save: it is kept in the session, and shown once on the card's page."""

from .forms import WORDS

KEY = "typed_on_card"  # in the session
LONGEST = 8000  # characters of a field


def keep_typed(request, task_id):
    words = {field: request.POST[field][:LONGEST] for field in WORDS if field in request.POST}
    request.session[KEY] = {"task": task_id, **words}


def words_shown(request, task):
    """{field: text} for the card's form, and `instead`: [(field, text on the card)] where other text was typed."""
    on_card = {
        "title": task.title,
        "description": task.description,
        "due": task.due.isoformat() if task.due else "",
    }
    typed = request.session.pop(KEY) if request.session.get(KEY, {}).get("task") == task.pk else {}
    shown = {field: typed.get(field, now).replace("\r\n", "\n") for field, now in on_card.items()}
    instead = [(field.capitalize(), now) for field, now in on_card.items() if shown[field] != now]
    return {**shown, "instead": instead}
