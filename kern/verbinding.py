"""The one connection to Redis, for counters and locks of this process (rate limits). Celery has its own."""

from functools import cache

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

# A form waits this long at most when Redis is gone (seconds).
PATIENCE = 0.3


@cache
def redis_client() -> Redis:
    """A client with a pool, shared by the threads of this process.

    Every call may raise redis.exceptions.RedisError within PATIENCE; who can do without Redis catches it.
    """
    return Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=PATIENCE,
        socket_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )
