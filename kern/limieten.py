"""How often somebody may do something: counters in Redis. Without Redis everything is allowed.

What is counted (an address on the network, a mail address) is stored only as a keyed hash that changes every day,
so that the counters say nothing about anybody.
"""

import logging
from ipaddress import IPv6Address, IPv6Network, ip_address

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from .verbinding import redis_client

logger = logging.getLogger(__name__)

# redis-py lets the last two out when a connection is closed in one thread while it is made in another, as happens on a
# machine that is so busy that a handshake takes longer than a form may wait.
GONE = (RedisError, OSError, ValueError)


def allow(bucket: str, key: str, limit: int, seconds: int) -> bool:
    """Count one attempt of `key` in `bucket`; whether there were at most `limit` within `seconds`.

    The window starts at the first attempt. Attempts that were refused count too. An empty key is never counted.
    """
    return allow_all((bucket, key, limit), seconds=seconds)


def allow_all(*tries: tuple[str, str, int], seconds: int) -> bool:
    """Count one attempt in each of these (bucket, key, limit); whether none had more than its limit (one round trip).

    Each is counted, also when another one refuses.
    """
    names = [(f"limiet:{bucket}:{_hashed(key)}", limit) for bucket, key, limit in tries if key]
    if not names:
        return True
    try:
        with redis_client().pipeline() as pipe:
            for name, _limit in names:
                pipe.set(name, 0, ex=seconds, nx=True).incr(name)
            counts = pipe.execute()[1::2]
    except GONE:
        logger.warning("no limits are kept: Redis does not answer")
        return True
    return all(count <= limit for count, (_name, limit) in zip(counts, names, strict=True))


def reached(bucket: str, key: str, limit: int) -> bool:
    """Whether `key` was counted `limit` times or more in `bucket`, without counting this time."""
    if not key:
        return False
    try:
        count = redis_client().get(f"limiet:{bucket}:{_hashed(key)}")
    except GONE:
        logger.warning("no limits are kept: Redis does not answer")
        return False
    return int(count or 0) >= limit


def client_address(request: HttpRequest) -> str:
    """Where the request comes from on the network; of IPv6 the first half, for a household has the whole other half.

    Behind proxies TRUSTED_PROXIES says whose word to take; without it every visitor of a proxy counts as one.
    """
    try:
        return _household(get_adapter(request).get_client_ip(request))
    except PermissionDenied:  # a server behind a Unix socket knows no address
        return ""
    except ImproperlyConfigured:
        logger.warning("X-Forwarded-For names fewer proxies than TRUSTED_PROXIES")
        return _household(request.META.get("REMOTE_ADDR", ""))


def _household(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    return str(parsed.ipv4_mapped or IPv6Network((parsed, 64), strict=False))


def _hashed(key: str) -> str:
    return salted_hmac(f"limiet:{timezone.localdate()}", key.casefold(), algorithm="sha256").hexdigest()[:32]
