"""What draws pages and mails: the setting `TEMPLATES`."""

from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "trackflow.navigation.navigation",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "trackflow.jinja.Pages",
        "DIRS": [ROOT / "templates"],
        "NAME": "pages",
        "OPTIONS": {
            "context_processors": CONTEXT_PROCESSORS,
            "environment": "trackflow.jinja.environment",
        },
    },
    {  # pages of libraries, and mails
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates/library", ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": CONTEXT_PROCESSORS,
            "builtins": [
                "accounts.templatetags.form_tokens",
                "kit.templatetags.icons",
                "kit.templatetags.pages",
                "django.templatetags.static",
            ],
        },
    },
]
