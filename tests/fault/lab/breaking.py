"""Ways to break an installation whose links can be broken, each over again when it returns: for random schedules."""

import asyncio


async def redis_is_killed(house, seconds):
    house.redis.kill()
    await asyncio.sleep(seconds)
    await asyncio.to_thread(lambda: house.redis.start().wait())


async def redis_freezes(house, seconds):
    house.redis.freeze()
    await asyncio.sleep(seconds)
    house.redis.thaw()


async def redis_forgets(house, seconds):
    house.redis.forget_everything()
    await asyncio.sleep(seconds / 2)


async def redis_drops_subscribers(house, seconds):
    house.redis.is_told("CLIENT KILL TYPE pubsub")
    await asyncio.sleep(seconds / 2)


async def redis_is_out_of_reach(house, seconds):
    house.to_redis.swallows()
    await asyncio.sleep(seconds)
    house.to_redis.heals()


async def postgres_is_killed(house, seconds):
    await asyncio.to_thread(house.postgres.restart)


async def postgres_restarts(house, seconds):
    await asyncio.to_thread(house.postgres.restarts_at_once)


async def postgres_freezes(house, seconds):
    house.postgres.freeze()
    await asyncio.sleep(seconds)
    house.postgres.thaw()


async def postgres_is_out_of_reach(house, seconds):
    house.to_database.swallows()
    await asyncio.sleep(seconds)
    house.to_database.heals()


async def postgres_connections_end(house, seconds):
    house.to_database.resets()
    await asyncio.sleep(seconds / 2)


async def web_is_killed(house, seconds, which=0):
    house.webs[which].kill()
    await asyncio.to_thread(lambda: house.webs[which].start().wait())


async def other_web_is_killed(house, seconds):
    await web_is_killed(house, seconds, 1)


async def web_is_restarted(house, seconds, which=1):
    await asyncio.to_thread(house.webs[which].stop)
    await asyncio.to_thread(lambda: house.webs[which].start().wait())


async def web_freezes(house, seconds):
    house.webs[0].freeze()
    await asyncio.sleep(seconds)
    house.webs[0].thaw()


WAYS = [
    redis_is_killed,
    redis_freezes,
    redis_forgets,
    redis_drops_subscribers,
    redis_is_out_of_reach,
    postgres_is_killed,
    postgres_restarts,
    postgres_freezes,
    postgres_is_out_of_reach,
    postgres_connections_end,
    web_is_killed,
    other_web_is_killed,
    web_is_restarted,
    web_freezes,
]
