"""The scene in which every test with servers begins: a board of Ada's with its people, and another one of Eve's."""

from dataclasses import dataclass, field

from .cast import Person, Place

PEOPLE = {"ada": "Ada Flyer", "bob": "Bob Wrench", "vera": "Vera Looks", "eve": "Eve Elsewhere"}


@dataclass
class Scene:
    stage: object
    ids: dict = field(default_factory=dict)
    board: int = 0
    columns: list = field(default_factory=list)
    other_board: int = 0
    rooms: int = 0
    made: list = field(default_factory=list)  # places that the present test made

    def is_set(self):
        self.ids = {
            name: self.stage.ask("make_person", username=name, display_name=PEOPLE[name]) for name in PEOPLE
        }
        self.board = self.stage.ask("make_board", by=self.ids["ada"], name="Airfield")
        self.columns = self.stage.ask("columns", board_id=self.board)
        for name, role in (("bob", "member"), ("vera", "viewer")):
            self.joins(name, role)
        self.other_board = self.stage.ask("make_board", by=self.ids["eve"], name="Elsewhere")
        return self

    def joins(self, name, role="member"):
        self.stage.ask(
            "add_to_board", by=self.ids["ada"], board_id=self.board, user_id=self.ids[name], role=role
        )

    def person(self, name, door):
        cookie = self.stage.ask("sign_in", user_id=self.ids[name])
        return Person(name, self.ids[name], cookie, door, self.stage)

    def newcomer(self, name, door):
        """Another member of Ada's board, for tests that remove somebody."""
        self.ids[name] = self.stage.ask("make_person", username=name, display_name=name.title())
        self.joins(name)
        return self.person(name, door)

    def stranger(self, name, door):
        """Somebody who is on no board."""
        self.ids[name] = self.stage.ask("make_person", username=name, display_name=name.title())
        return self.person(name, door)

    def room(self, private_to=()):
        self.rooms += 1
        members = [self.ids[name] for name in private_to if name != "ada"]
        id = self.stage.ask(
            "make_room",
            by=self.ids["ada"],
            board_id=self.board,
            name=f"Hangar {self.rooms}",
            private=bool(private_to),
            user_ids=members,
        )
        return self._made(Place(id, id))

    def room_elsewhere(self):
        self.rooms += 1
        id = self.stage.ask(
            "make_room", by=self.ids["eve"], board_id=self.other_board, name=f"Far {self.rooms}"
        )
        return Place(id, id)

    def task(self, title="Check the propeller"):
        id = self.stage.ask("make_task", by=self.ids["ada"], column_id=self.columns[0], title=title)
        return self._made(Place(id, self.stage.ask("conversation_of_task", task_id=id), is_task=True))

    def _made(self, place):
        self.made.append(place)
        return place

    def keeps_what_was_made(self):
        self.made.clear()

    def is_tidied(self):
        """Archive what this test made, because each room in the sidebar makes the pages of later tests slower."""
        rooms, tasks = ([one.id for one in self.made if one.is_task is kind] for kind in (False, True))
        self.made.clear()
        self.stage.ask("put_away", by=self.ids["ada"], rooms=rooms, tasks=tasks, but_board=self.board)
