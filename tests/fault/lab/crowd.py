"""A crowd comes and goes: what a process holds for those who are there stays the same, whoever they are."""

import asyncio
import random
import time


class Crowd:
    """People at these doors, of whom some leave and others come in their place: at the same door, in the same room."""

    def __init__(self, experiment, people, doors):
        self._experiment, places = experiment, experiment.places
        self.people = [
            experiment.bot(places[n % len(places)], [doors[n % len(doors)]]) for n in range(people)
        ]
        experiment.bots += self.people

    async def is_there(self):
        await asyncio.gather(*(bot.is_online(30) for bot in self.people))

    async def all_act_at_once(self):
        """So that every thread of a process has something to do, and has its connection from then on; and more to write
        at once than later.
        """
        latest = {}
        for number, bot in enumerate(self.people):
            await bot.posts(f"Number {number} is here.")
        await asyncio.gather(*(bot.has_sent_all() for bot in self.people))
        for place in self._experiment.places:
            latest[place.path] = self._experiment.shelf.kept(place.conversation_id)[-1]["message_id"]
        for bot in self.people:
            await bot.does("typing")
            await bot.does("message_read", message_id=latest[bot.path])
            await bot.does("stop_typing")

    async def comes_and_goes(self, times, per_second, look=lambda: None):
        for _ in range(times):
            began = time.monotonic()
            await self._one_for_another()
            look()
            await asyncio.sleep(max(0, began + 1 / per_second - time.monotonic()))

    async def _one_for_another(self):
        leaver = self.people.pop(random.randrange(len(self.people)))
        await leaver.has_sent_all()
        await leaver.leaves()
        self._experiment.bots.remove(leaver)
        place = next(place for place in self._experiment.places if place.path == leaver.path)
        newcomer = self._experiment.bot(place, leaver.doors)
        self._experiment.bots.append(newcomer)
        self.people.append(newcomer)
        await newcomer.is_online(15)
