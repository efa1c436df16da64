"""Logging with structlog: readable in the demo, JSON in production.

Never with somebody's mail address, a secret from an address of the portal, or the variables of code that failed.
"""

import re
from typing import Any

import structlog

ADDRESS = re.compile(r"[^\s@<>\"'=:,;()]+@[^\s@<>\"'=:,;()]+\.[^\s@<>\"'=:,;()]+")

# Who knows what follows one of these, opens somebody's report, task or account.
SECRET = re.compile(
    r"(/meldingen/(?:volg|gevolgd|mijn|nieuw/bedankt)/|(?<!/wijken)/partner/(?:contact/)?|/api/v1/meldingen/"
    r"|/account/wachtwoord/nieuw/)[^\s/?\"'<>]+"
)
# What somebody searched for, or typed in a form that asks by GET: a name, a street, a code.
QUERY = re.compile(r"(?<![\w:/.])(/[^\s?\"'<>]*)\?[^\s\"']+")


def without_secrets(logger: object, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A structlog processor, for any value however deep: mail addresses become `<adres>`, a secret in the path of a
    page `<geheim>`, and what comes behind its question mark `<vraag>`."""
    return {key: _cleaned(value) for key, value in event.items()}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return ADDRESS.sub("<adres>", QUERY.sub(r"\1?<vraag>", SECRET.sub(r"\1<geheim>", value)))
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_cleaned(item) for item in value]
    return value


def logging_settings(*, level: str, as_json: bool) -> dict[str, Any]:
    """The LOGGING setting; structlog and the standard library's loggers come out the same way."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    last: list[structlog.typing.Processor] = (
        [
            # With the variables of every frame a traceback would hold names, texts and codes.
            structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
            without_secrets,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ]
        if as_json
        else [structlog.processors.format_exc_info, without_secrets, structlog.dev.ConsoleRenderer(colors=False)]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "portal": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "portal"}},
        "root": {"handlers": ["console"], "level": level},
        # Django's own handlers mail the admins and print to the console once more.
        "loggers": {
            name: {"handlers": [], "propagate": True, "level": level} for name in ("django", "django.server", "celery")
        },
    }
