"""The health page answers before the session, the account and the database come into play."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .views import health

PATH = "/gezondheid/"


class HealthMiddleware:
    """Stands before every middleware that may read the database, and answers the health page itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == PATH:
            return health(request)
        return self.get_response(request)
