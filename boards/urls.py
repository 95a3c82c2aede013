"""Every URL of boards. A task's own page is that of its conversation, in messaging."""

from django.urls import path

from . import ids  # noqa: F401  registers the converter <id:...>
from .views import cards, checklist, columns, inviting, manage, pages, tasks

app_name = "boards"

urlpatterns = [
    path("", pages.board_list, name="list"),
    path("new/", manage.create, name="create"),
    path("<id:board_id>/", pages.board, name="board"),
    path("<id:board_id>/settings/", pages.settings, name="settings"),
    path("<id:board_id>/rename/", manage.rename, name="rename"),
    path("<id:board_id>/keep/", manage.keep, name="keep"),
    path("<id:board_id>/invite/", inviting.invite, name="invite"),
    path("<id:board_id>/people/", manage.add_person, name="add_person"),
    path("<id:board_id>/people/<id:user_id>/role/", manage.change_role, name="change_role"),
    path("<id:board_id>/people/<id:user_id>/remove/", manage.remove_person, name="remove_person"),
    path("<id:board_id>/labels/", manage.create_label, name="create_label"),
    path("label/<id:label_id>/edit/", manage.edit_label, name="edit_label"),
    path("label/<id:label_id>/remove/", manage.remove_label, name="remove_label"),
    path("<id:board_id>/columns/", columns.create, name="create_column"),
    path("cards/", cards.cards, name="cards"),
    path("column/<id:column_id>/edit/", columns.edit, name="edit_column"),
    path("column/<id:column_id>/move/", columns.move, name="move_column"),
    path("column/<id:column_id>/remove/", columns.remove, name="remove_column"),
    path("column/<id:column_id>/tasks/", tasks.create, name="create_task"),
    path("task/<id:task_id>/edit/", tasks.edit, name="edit_task"),
    path("task/<id:task_id>/take/", cards.take, name="take_task"),
    path("task/<id:task_id>/people/", tasks.people, name="assign_task"),
    path("task/<id:task_id>/labels/", tasks.labels, name="label_task"),
    path("task/<id:task_id>/move/", tasks.move, name="move_task"),
    path("task/<id:task_id>/undo/", tasks.undo, name="undo_task"),
    path("task/<id:task_id>/archive/", tasks.archive, name="archive_task"),
    path("task/<id:task_id>/restore/", tasks.restore, name="restore_task"),
    path("task/<id:task_id>/checklist/", checklist.shown, name="checklist"),
    path("task/<id:task_id>/checklist/add/", checklist.add, name="add_item"),
    path("task/<id:task_id>/checklist/<id:item_id>/edit/", checklist.edit, name="edit_item"),
    path("task/<id:task_id>/checklist/<id:item_id>/move/", checklist.move, name="move_item"),
    path("task/<id:task_id>/checklist/<id:item_id>/remove/", checklist.remove, name="remove_item"),
]
