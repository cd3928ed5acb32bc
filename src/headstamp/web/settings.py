"""Settings: one workspace, and what the environment or its ``headstamp.env`` says.

Every name read from the environment here is described in ``docs/reference/settings.md``.
"""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from environs import Env

from headstamp.web.databases import database
from headstamp.web.leads.calendars import own_holidays, own_zones
from headstamp.web.logs import logging_configuration
from headstamp.web.workspace import Workspace

WORKSPACE = Workspace.current()
env = Env()
if WORKSPACE.settings_file.is_file():
    env.read_env(str(WORKSPACE.settings_file), recurse=False)

BASE_DIR = Path(__file__).resolve().parent
SECRET_KEY = env.str("HEADSTAMP_SECRET_KEY", "")
DEBUG = False
DEMO = env.bool("HEADSTAMP_DEMO", False)
"""One-click sign-in as any role, with synthetic people only; refused on any other address."""
SECURE = env.bool("HEADSTAMP_SECURE", not DEMO)
"""Whether browsers reach the application by HTTPS (a proxy in front ends TLS)."""
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = LOOPBACK if DEMO else env.list("HEADSTAMP_HOSTS", LOOPBACK)
BEHIND_A_PROXY = any(
    env.str(name, "")
    for name in ("HEADSTAMP_SECURE", "HEADSTAMP_PROXIES", "HEADSTAMP_HOSTS", "HEADSTAMP_ORIGINS")
)
"""Whether somebody has set up how browsers reach it; else this machine may use plain HTTP."""
CSRF_TRUSTED_ORIGINS: list[str] = env.list("HEADSTAMP_ORIGINS", [])
TIME_ZONE = env.str("HEADSTAMP_TIME_ZONE", "America/Chicago")
"""The zone times are shown and entered in; they are stored in UTC."""
HOLIDAYS = own_holidays(env.list("HEADSTAMP_HOLIDAYS", []))
AGENCY_ZONES = own_zones(env.list("HEADSTAMP_AGENCY_ZONES", []))
LANGUAGE_CODE = "en-us"
USE_TZ = True
USE_I18N = False

INSTALLED_APPS = [
    "headstamp.web.accounts",
    "headstamp.web.audit",
    "headstamp.web.casework",
    "headstamp.web.evidence",
    "headstamp.web.comparisons",
    "headstamp.web.figures",
    "headstamp.web.claims",
    "headstamp.web.leads",
    "headstamp.web.traces",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules",
]

MIDDLEWARE = [
    "headstamp.web.answers.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "headstamp.web.answers.limits.RequestSizeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "headstamp.web.answers.sessions.KeptSessionMiddleware",
    "headstamp.web.answers.sent_by_script.SentByScriptMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "headstamp.web.audit.origin.OriginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "headstamp.web.answers.faults.FaultMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "headstamp.web.accounts.gate.GateMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "headstamp.web.answers.limits.ContentMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "headstamp.web.urls"
WSGI_APPLICATION = "headstamp.web.wsgi.application"

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
                "headstamp.web.navigation.navigation",
            ],
            "builtins": ["django.templatetags.static", "headstamp.web.casework.templatetags.hs"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database(env, WORKSPACE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static"
"""Served as they lie there; ``tools/vendor.py`` has put the browser packages beside our own."""
WHITENOISE_MAX_AGE = 60
FILE_UPLOAD_TEMP_DIR = WORKSPACE.tmp
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "headstamp.web.processes.uploads.HeldUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_PERMISSIONS = 0o600
LARGEST_UPLOAD = env.int("HEADSTAMP_LARGEST_UPLOAD", 512_000_000)
"""Bytes in one request; more is refused before it is read."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": WORKSPACE.root / "tmp" / "cache",
    }
}
"""Codes of the second factor that were used, known to every process that answers."""

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "headstamp.web.accounts.backends.AccountBackend",
    "rules.permissions.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "headstamp.web.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"change_password": "headstamp.web.accounts.sign_in_forms.NewPasswordForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = False  # axes counts failures, in the database and for every process
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_FORMS = {
    "authenticate": "headstamp.web.accounts.sign_in_forms.SignInCodeForm",
    "reauthenticate": "headstamp.web.accounts.sign_in_forms.AgainCodeForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from an administrator
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Headstamp"
MFA_TOTP_TOLERANCE = 1
SECOND_FACTOR_REQUIRED = not DEMO
IDLE_LOCK_SECONDS = env.int("HEADSTAMP_IDLE_LOCK_SECONDS", 30 * 60)
DISABLE_AFTER_DAYS = 90

AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_COOLOFF_TIME = 1
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "headstamp.web.accounts.lockout.name_of"
AXES_SENSITIVE_PARAMETERS = ["password", "oldpassword", "password1", "password2", "again", "code"]
AXES_CLIENT_IP_CALLABLE = "headstamp.web.audit.origin.address_of"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # five failures lock the account, wherever they come from

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False}}

EMAIL_BACKEND = env.str("HEADSTAMP_MAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.str("HEADSTAMP_MAIL_HOST", "localhost")
EMAIL_PORT = env.int("HEADSTAMP_MAIL_PORT", 587)
EMAIL_HOST_USER = env.str("HEADSTAMP_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("HEADSTAMP_MAIL_PASSWORD", "")
EMAIL_USE_TLS = env.bool("HEADSTAMP_MAIL_TLS", True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("HEADSTAMP_MAIL_FROM", "")
SENDS_MAIL = bool(DEFAULT_FROM_EMAIL) and not DEMO
"""Whether people are told of leads by e-mail too."""

SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "headstamp_session"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "headstamp.web.answers.faults.stale_form"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PROXIES = env.int("HEADSTAMP_PROXIES", 0)
"""Proxies in front whose X-Forwarded-For is believed."""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = logging_configuration(env.str("HEADSTAMP_LOG_LEVEL", "WARNING"))
