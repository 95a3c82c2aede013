"""The filter of a board's cards, from the page's query string. static/js/boards/filter.js filters by the same rules."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from . import forms

LATE, THIS_WEEK, NONE = "late", "week", "none"
DUE = [(LATE, _("Late")), (THIS_WEEK, _("Due this week")), (NONE, _("No due date"))]


@dataclass(frozen=True)
class Filter:
    words: str = ""
    who: int | None = None
    label: int | None = None
    due: str = ""

    @classmethod
    def asked(cls, said):
        """A Filter from the fields `words`, `who`, `label` and `due`; a field without a valid value filters nothing."""
        due = said.get("due", "")
        return cls(
            words=" ".join(said.get("words", "").split())[:200],
            who=forms.number(said, "who"),
            label=forms.number(said, "label"),
            due=due if due in dict(DUE) else "",
        )

    def __bool__(self):
        return self != Filter()

    def fits(self, task, column, today):
        """Whether the filter shows a card in that column. `assignees` and `labels` should be prefetched."""
        title = task.title.lower()
        return (
            all(word in title for word in self.words.lower().split())
            and (self.who is None or self.who in {user.pk for user in task.assignees.all()})
            and (self.label is None or self.label in {label.pk for label in task.labels.all()})
            and (not self.due or self._is_due(task.due, column, today))
        )

    def _is_due(self, due, column, today):
        if self.due == NONE or due is None:
            return self.due == NONE and due is None
        if self.due == LATE:
            return due < today and not column.is_done
        monday = today - timedelta(days=today.weekday())
        return monday <= due < monday + timedelta(days=7)
