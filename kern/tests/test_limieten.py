import pytest
from django.test import RequestFactory

from kern import limieten
from kern.embedded import redis
from kern.verbinding import redis_client


@pytest.fixture(autouse=True)
def _empty():
    for name in redis_client().scan_iter("limiet:*"):
        redis_client().delete(name)


def test_the_limit_is_reached_after_that_many_attempts():
    assert [limieten.allow("proef", "203.0.113.7", 2, 60) for _ in range(3)] == [True, True, False]
    assert limieten.allow("proef", "203.0.113.8", 2, 60)
    assert limieten.allow("iets anders", "203.0.113.7", 2, 60)


def test_two_limits_are_counted_together_and_each_has_its_own():
    tries = (("proef", "203.0.113.7", 3), ("mail", "an@voorbeeld.example", 1), ("leeg", "", 0))
    assert [limieten.allow_all(*tries, seconds=60) for _ in range(2)] == [True, False]
    # What one refused counted for the other as well.
    assert limieten.allow("proef", "203.0.113.7", 3, 60)
    assert not limieten.allow("proef", "203.0.113.7", 3, 60)
    assert limieten.allow_all(seconds=60)


def test_a_mail_address_counts_the_same_in_capitals():
    assert limieten.allow("proef", "An@voorbeeld.example", 1, 60)
    assert not limieten.allow("proef", "an@VOORBEELD.example", 1, 60)


def test_the_window_starts_at_the_first_attempt_and_ends():
    limieten.allow("proef", "a", 1, 60)
    (name,) = redis_client().scan_iter("limiet:proef:*")
    redis_client().expire(name, 30)
    limieten.allow("proef", "a", 1, 60)
    assert 0 < redis_client().ttl(name) <= 30


def test_what_is_counted_cannot_be_read_back():
    limieten.allow("proef", "an@voorbeeld.example", 1, 60)
    (name,) = redis_client().scan_iter("limiet:*")
    assert "voorbeeld" not in name


def test_an_unknown_address_is_never_refused():
    assert all(limieten.allow("proef", "", 1, 60) for _ in range(3))


def test_without_redis_everything_is_allowed(settings, tmp_path):
    server = redis.start(tmp_path / "redis")
    settings.REDIS_URL = server.url
    redis_client.cache_clear()
    try:
        assert limieten.allow("proef", "a", 1, 60)
        assert not limieten.allow("proef", "a", 1, 60)
        server.stop()
        assert limieten.allow("proef", "a", 1, 60)
    finally:
        redis_client.cache_clear()


def test_the_address_of_a_visitor_comes_from_the_connection():
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7", headers={"x-forwarded-for": "198.51.100.1"})
    assert limieten.client_address(request) == "203.0.113.7"


def test_behind_one_proxy_the_address_is_the_last_one_it_was_told(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "1.2.3.4, 198.51.100.1"})
    assert limieten.client_address(request) == "198.51.100.1"


def test_a_header_that_names_too_few_proxies_is_not_believed(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7", headers={"x-forwarded-for": "1.2.3.4"})
    assert limieten.client_address(request) == "203.0.113.7"


def test_a_household_with_ipv6_counts_as_one_visitor():
    def seen(address):
        return limieten.client_address(RequestFactory().get("/", REMOTE_ADDR=address))

    assert seen("2001:db8:1:2::7") == seen("2001:db8:1:2:aaaa::1")
    assert seen("2001:db8:1:2::7") != seen("2001:db8:1:3::7")
    assert seen("::ffff:203.0.113.7") == "203.0.113.7"
