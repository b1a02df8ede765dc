"""Django's and Wagtail's settings, made from the environment and the newsroom's gazeti.toml by `gazeti.config.env`."""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from gazeti.config.env import Settings, home_folder

PACKAGE = Path(__file__).resolve().parent.parent
GAZETI_HOME = home_folder()
read = Settings(GAZETI_HOME)

DEBUG = read.yes("GAZETI_DEBUG", "debug")
GAZETI_STRICT = read.yes("GAZETI_STRICT", "strict")
SECRET_KEY = read.secret()

# What follows from the public address; the request's Host decides nothing.
GAZETI_PORT = read.port()
GAZETI_ADDRESS = read.address() or f"http://localhost:{GAZETI_PORT}"
GAZETI_ADDRESS_IS_SET = bool(read.address())
GAZETI_METRICS_TOKEN = read.text("GAZETI_METRICS_TOKEN", "metrics_token")
BEHIND_TLS = GAZETI_ADDRESS.startswith("https://")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
if GAZETI_ADDRESS_IS_SET:
    ALLOWED_HOSTS.append(urlsplit(GAZETI_ADDRESS).hostname or "")
    CSRF_TRUSTED_ORIGINS = [GAZETI_ADDRESS]
GAZETI_TRUSTED_PROXIES = read.trusted_proxies()
GAZETI_STREAMS = read.number("GAZETI_STREAMS", "streams", default=20_000, least=0, most=1_000_000)
GAZETI_EDGE_BYTES = read.number("GAZETI_EDGE_BYTES", "edge_bytes", default=64_000_000, least=0, most=64_000_000_000)
GAZETI_SECOND_FACTOR = read.second_factor()
GAZETI_BACKUPS = read.backups()
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

INSTALLED_APPS = [
    "gazeti.front",
    "gazeti.archive",
    "gazeti.live",
    "gazeti.comments",
    "gazeti.stories",
    "gazeti.media",
    "gazeti.accounts",
    "gazeti.base",
    "gazeti.edge",
    "gazeti.log",
    "gazeti.guard",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.api.v3",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "gazeti.edge.metrics.Counted",
    "gazeti.edge.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "gazeti.edge.middleware.Encoding",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gazeti.edge.middleware.DeclaredTags",
    # Before sessions and whatever else looks for a person: below /api/ a token says who calls, and nothing else does.
    "gazeti.stories.api.Door",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gazeti.accounts.views.SecondFactor",
    "allauth.account.middleware.AccountMiddleware",
    "gazeti.stories.views.Reach",
    # Last: it calls the desk's unsafe views inside a transaction, which a layer around the answer could not roll back.
    "gazeti.stories.views.WholeWrites",
]

CSRF_FAILURE_VIEW = "gazeti.front.views.refused"
ROOT_URLCONF = "gazeti.config.urls"
ASGI_APPLICATION = "gazeti.config.asgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [GAZETI_HOME / "templates", PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Widgets too take our templates first: those of Wagtail's that would write a script into a page.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": read.database()}
REDIS_URL = read.redis()
WAGTAILFRONTENDCACHE = read.cdn()
GAZETI_CDN = read.text("GAZETI_CDN", "cdn")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Nothing is kept but which code of an authenticator app was used, and that in the database, for all workers alike.
CACHES = {"default": {"BACKEND": "gazeti.guard.cache.OnceCache", "OPTIONS": {"ours": ["allauth."]}}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "gazeti_accounts.User"
# The email address is unique in whatever case it is written: a stricter constraint than these checks look for.
SILENCED_SYSTEM_CHECKS = ["auth.E003", "auth.W004"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Sign-in, by allauth: docs/decisions/0009-sign-in.md.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "wagtailadmin_home", "account_login"
ACCOUNT_ADAPTER = "gazeti.accounts.views.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Every address was given by an administrator, or came with a link that only its owner got: nobody confirms it again.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
MFA_ADAPTER = "gazeti.accounts.views.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True

# Languages. The desk speaks Django's; readers get the newsroom's, which the reader's site turns on for each page.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("sw", "Kiswahili"), ("so", "Soomaali")]
WAGTAIL_CONTENT_LANGUAGES = [("en", "English")]
WAGTAIL_I18N_ENABLED = False
LOCALE_PATHS = [PACKAGE / "locale"]
GAZETI_LANGUAGE = read.language()
TIME_ZONE = read.time_zone()
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [folder for folder in (GAZETI_HOME / "static", PACKAGE / "static") if folder.is_dir()]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 3600
GAZETI_STORE = GAZETI_HOME / read.text("GAZETI_STORE", "store", "store")
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(read.text("GAZETI_MEDIA", "media", str(GAZETI_HOME / "media")))
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

globals().update(read.mail())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read.text(
    "GAZETI_MAIL_FROM", "mail_from", f"Gazeti <no-reply@{urlsplit(GAZETI_ADDRESS).hostname}>"
)

# Wagtail is the desk.
WAGTAIL_SITE_NAME = "Gazeti"
WAGTAILADMIN_BASE_URL = WAGTAILAPI_BASE_URL = GAZETI_ADDRESS
# A token tells once an hour that it was used: a call that reads hardly ever writes.
WAGTAILAPI_TOKEN_LAST_USED_INTERVAL = 3600
WAGTAILIMAGES_IMAGE_MODEL = "gazeti_media.Picture"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "gif", "heic"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "gazeti.media.forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20_000_000
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "gazeti.media.forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20_000_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Ours keep the addresses that were public alone, in the transaction that moves the page.
WAGTAILREDIRECTS_AUTO_CREATE = False
# Those that browsers know as well: not the machine's own, such as `localtime` and `Factory`.
WAGTAIL_USER_TIME_ZONES = [*sorted(name for name in available_timezones() if "/" in name), "UTC"]
WAGTAIL_WORKFLOW_ENABLED = True
# Passwords are set by their owners, by a link or at allauth's pages; addresses are an administrator's to change.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # A reader who mistypes an address is no warning.
    # Nor is one whose request names another's host, or a form sent without its page: anybody could fill the log by it.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.security.csrf": {"level": "ERROR"},
    },
    "root": {"handlers": ["stderr"], "level": read.log_level()},
}
