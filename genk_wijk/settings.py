"""
Settings of the portal, read from the environment.

`PORTAL_MODE` says what this is: `production` (the default of the web server and the worker), `demo`
(the default of `manage.py`: open to look around, mails are kept and shown at /postvak/) or `test`.
Every variable is described in docs/settings.md; a test keeps that page and this file the same.
"""

import logging
from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env, validate

from kern.embedded import folder

from .environment import report_problems
from .logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent

# All variables are read before `env.seal()`: it reports every problem at once.
env = Env(eager=False)

PORTAL_MODE = env.str("PORTAL_MODE", "production", validate=validate.OneOf(["production", "demo", "test"]))
DEMO = PORTAL_MODE == "demo"
TESTING = PORTAL_MODE == "test"
PRODUCTION = not (DEMO or TESTING)

DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / ".data"))).resolve()
LOG_LEVEL = env.str(
    "LOG_LEVEL", "INFO" if PRODUCTION else "WARNING", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"])
)
MAIL_DOUBT_SECONDS = env.int("MAIL_DOUBT_SECONDS", 300)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000)
HTTPS_HEADER = env.str("HTTPS_HEADER", "")
STATIC_ROOT = env.path("STATIC_ROOT", DATA_DIR / "static")
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", "")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", "")
OIDC_NAME = env.str("OIDC_NAME", "Stad Genk")
if PRODUCTION:
    SECRET_KEY = env.str("SECRET_KEY", validate=validate.Length(min=50))
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", validate=validate.Length(min=1))
    PORTAL_URL = env.str("PORTAL_URL", validate=validate.URL(schemes={"http", "https"}, require_tld=False))
    DATABASE = env.dj_db_url("DATABASE_URL", conn_max_age=600, conn_health_checks=True)
    REDIS_URL = env.str("REDIS_URL", validate=validate.Regexp(r"(redis|rediss|unix)://"))
    EMAIL = env.dj_email_url("EMAIL_URL")
    DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", validate=validate.Length(min=3))
else:
    SECRET_KEY = env.str("SECRET_KEY", "") or folder.secret_key(DATA_DIR)
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["*"])
    PORTAL_URL = env.str("PORTAL_URL", "http://localhost:8000")
    DATABASE = env.dj_db_url("DATABASE_URL", folder.database_url(DATA_DIR), conn_max_age=600, conn_health_checks=True)
    REDIS_URL = env.str("REDIS_URL", folder.redis_url(DATA_DIR))
    EMAIL = env.dj_email_url("EMAIL_URL", "memory://" if TESTING else "dummy://")
    DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Genk Wijk <wijk@genk.example>")

# The base map under the outlines ({z}/{x}/{y}) and its credit; without it maps show the outlines alone.
MAP_TILE_URL = env.str("MAP_TILE_URL", "")
MAP_TILE_ATTRIBUTION = env.str("MAP_TILE_ATTRIBUTION", "")
# Geolocation v4 of Digitaal Vlaanderen, up to and with /v4; without it addresses come from the table of streets.
GEOCODER_URL = env.str("GEOCODER_URL", "")

# How many proxies stand before the portal: the address of a visitor is what the first of them wrote down.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0, validate=validate.Range(min=0))
# How many reports an hour may come from one address on the network (a school, a flat) and for one mail address.
REPORTS_PER_ADDRESS = env.int("REPORTS_PER_ADDRESS", 30, validate=validate.Range(min=1))
REGISTRATIONS_PER_ADDRESS = env.int("REGISTRATIONS_PER_ADDRESS", 60, validate=validate.Range(min=1))
REPORTS_PER_MAIL = env.int("REPORTS_PER_MAIL", 10, validate=validate.Range(min=1))
# How many working days after a solution its reporter is asked how it went, and for how many days the answer is open.
SURVEY_AFTER_WORKING_DAYS = env.int("SURVEY_AFTER_WORKING_DAYS", 5, validate=validate.Range(min=1))
SURVEY_OPEN_DAYS = env.int("SURVEY_OPEN_DAYS", 21, validate=validate.Range(min=1))
# Within how many working days a team leader looks into a low score.
LOW_SCORE_WORKING_DAYS = env.int("LOW_SCORE_WORKING_DAYS", 5, validate=validate.Range(min=1))
# Who cannot use the form may call.
CITY_PHONE = env.str("CITY_PHONE", "089 65 43 21")

with report_problems():
    env.seal()

# What follows reads no environment.
DEBUG = False
# The log-ins of the demo, printed by `manage.py start`. Demo accounts cannot exist in production.
DEMO_PASSWORD = "wijk-en-wijzer"  # noqa: S105

INSTALLED_APPS = [
    "genk_wijk.apps.BeheerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sites",
    "whitenoise.runserver_nostatic",
    "genk_wijk.apps.StaticConfig",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django_tables2",
    "leaflet",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rules",
    "kern",
    "kern.gebruikers",
    "kern.berichten",
    "kern.termijnen",
    "kern.gezondheid",
    "kern.herinneringen",
    "kern.geo",
    "kern.beelden",
    "kern.historiek",
    "kern.bewaring",
    "kern.opdrachten",
    "kern.inlezen",
    "kern.koppelingen",
    "kern.grafiek",
    "kern.ogc",
    "wijken",
    "meldingen",
    "toegankelijkheid",
    "samenleven",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "kern.middleware.guarded",
    "kern.gezondheid.middleware.HealthMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kern.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "kern.historiek.context.middleware",
    "kern.gebruikers.middleware.second_factor",
]

ROOT_URLCONF = "genk_wijk.urls"
WSGI_APPLICATION = "genk_wijk.wsgi.application"

PGHISTORY_JSON_ENCODER = "kern.historiek.context.Encoder"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DJANGO_TABLES2_TEMPLATE = "onderdelen/tabel.html"

DATABASES = {"default": {**DATABASE, "OPTIONS": {"connect_timeout": 5, **DATABASE.get("OPTIONS", {})}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "gebruikers.Gebruiker"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "kern.gebruikers.backend.Backend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "meldingen:work"
SITE_ID = 1
# In the names that events and feed entries keep for ever in the calendars and readers of others. Never change these.
ID_DOMAIN, ID_YEAR = ("genk.be" if PRODUCTION else "genk.example"), 2026

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_ADAPTER = "kern.gebruikers.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "kern.gebruikers.forms.LoginForm",
    "reauthenticate": "kern.gebruikers.forms.ReauthenticateForm",
    "change_password": "kern.gebruikers.forms.ChangePasswordForm",
    "reset_password": "kern.gebruikers.forms.ResetPasswordForm",
    "reset_password_from_key": "kern.gebruikers.forms.ResetPasswordKeyForm",
}
MFA_ADAPTER = "kern.gebruikers.adapters.MfaAdapter"
MFA_FORMS = {
    "authenticate": "kern.gebruikers.forms.AuthenticateForm",
    "reauthenticate": "kern.gebruikers.forms.MfaReauthenticateForm",
    "activate_totp": "kern.gebruikers.forms.ActivateTotpForm",
    "add_webauthn": "kern.gebruikers.forms.AddWebAuthnForm",
    "edit_webauthn": "kern.gebruikers.forms.EditWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Genk Wijk"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SECOND_FACTOR_REQUIRED = PRODUCTION

SOCIALACCOUNT_ADAPTER = "kern.gebruikers.adapters.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "stad",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ],
    }

# In the database, so that all web processes count wrong log-ins together and a log-in works without Redis.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("fr", _("Frans")), ("en", _("Engels"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
# For staff and for whoever runs the portal; their texts are not in the catalogues either (pyproject.toml).
STAFF_PATHS = ("/werk/", "/beheer/", "/account/")
DUTCH_ONLY_PATHS = (*STAFF_PATHS, "/postvak/", "/ontwerp/", "/api/", "/open311/", "/ogc", "/kaartlagen/")
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

STATIC_URL = "/static/"
MEDIA_ROOT = DATA_DIR / "media"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Nothing links to a file without a hash in its name; leaving those out halves the work of compressing.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "beelden": {"BACKEND": "kern.beelden.storage.PrivateStorage", "OPTIONS": {"location": DATA_DIR / "beelden"}},
    "opdrachten": {"BACKEND": "kern.opdrachten.storage.FileStorage", "OPTIONS": {"location": DATA_DIR / "opdrachten"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# A test run reads the files where they are written; everywhere else `manage.py collectstatic` has gathered them.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING
globals().update({name: value for name, value in EMAIL.items() if name.startswith("EMAIL_")})
EMAIL_TIMEOUT = 10
if EMAIL["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "kern.berichten.smtp.EmailBackend"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if not PRODUCTION:
    INSTALLED_APPS.append("kern.postvak")
if DEMO and EMAIL["EMAIL_BACKEND"].endswith("dummy.EmailBackend"):
    EMAIL_BACKEND = "kern.postvak.backend.PostvakBackend"

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Nobody waits for a Redis that is down: what must happen is a row in the database, and a sweep finds it later.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 0.3, "socket_timeout": 0.3, "max_retries": 0}
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    # What waited for a worker too long is dropped: the light round makes up for all of it.
    "ochtendronde": {
        "task": "kern.herinneringen.tasks.morning_round",
        "schedule": crontab(hour="7", minute="30"),
        "options": {"expires": 3600},
    },
    "lichte ronde": {
        "task": "kern.herinneringen.tasks.light_round",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 240},
    },
    "berichten": {"task": "kern.berichten.tasks.sweep", "schedule": 60, "options": {"expires": 50}},
    "opdrachten": {"task": "kern.opdrachten.tasks.sweep", "schedule": 60, "options": {"expires": 50}},
    "webhooks": {"task": "kern.koppelingen.tasks.sweep", "schedule": 15, "options": {"expires": 14}},
    "open311": {"task": "meldingen.tasks.open311", "schedule": 5, "options": {"expires": 4}},
}

# A webhook goes to the internet alone. Only tests, whose receivers run on this machine, set this.
WEBHOOKS_TO_PRIVATE_ADDRESSES = False

# A log-in at the city's own server starts with a form of ours that is sent on to it.
OIDC_ORIGIN = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER_URL))] if OIDC_SERVER_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *OIDC_ORIGIN],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
    }
}

if MAP_TILE_URL:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(
        "{0.scheme}://{0.netloc}".format(urlsplit(MAP_TILE_URL.replace("{s}", "*")))
    )

# The map widget belongs to the ground floor and knows no wijken: here it is told who finds addresses and outlines.
ADDRESS_SEARCH = "wijken.queries.search_address"
ADDRESS_SEARCH_VIEW = "wijken:address_search"
PLACE_NAME_VIEW = "wijken:at"
MAP_OUTLINES_VIEW = "wijken:outlines"

# A key opens the JSON interface, a session never (kern/koppelingen/api.py).
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Genk Wijk",
    "DESCRIPTION": "Meldingen sturen, volgen en behandelen met een ander programma. Uitleg: docs/api.md.",
    "VERSION": "1",
    "LICENSE": {"name": "EUPL-1.2"},
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "Meldingstatus": "meldingen.serializers.staf.STATUSES",
        "PubliekeStatus": "meldingen.serializers.publiek.STATES",
        "Afsluitreden": "meldingen.states.Sluitreden",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": False},
}

SECURE_REFERRER_POLICY = "same-origin"
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    CSRF_TRUSTED_ORIGINS = [PORTAL_URL.rstrip("/")]
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = HSTS_SECONDS
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{HTTPS_HEADER.upper().replace('-', '_')}", "https") if HTTPS_HEADER else None

LOGGING = logging_settings(level=LOG_LEVEL, as_json=PRODUCTION)
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
