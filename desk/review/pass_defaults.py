"""What a sign-in remembers of passing at a label: the last reason, and that unheard demos may be passed on."""

from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest

from labels.models import Label

KEY = "passing"


@dataclass(frozen=True)
class PassDefaults:
    """How a member last passed at a label; `allows_unheard`: they confirmed passing on what nobody played here."""

    reason: str = ""
    welcome: str = ""
    allows_unheard: bool = False

    @property
    def initial(self) -> dict[str, str]:
        """Initial values of the form."""
        return {"reason": self.reason, "welcome": self.welcome} if self.reason else {}


def pass_defaults_of(request: HttpRequest, label: Label) -> PassDefaults:
    """Return what was remembered since this person signed in. No query beyond the session."""
    return PassDefaults(**request.session.get(KEY, {}).get(str(label.pk), {}))


def remember_pass(request: HttpRequest, label: Label, values: dict[str, Any]) -> None:
    """Remember a valid form's values for the rest of this sign-in; the same again write nothing."""
    known = pass_defaults_of(request, label)
    allows = known.allows_unheard or bool(values.get("unheard"))
    passed = PassDefaults(values["reason"], values["welcome"], allows)
    if passed != known:
        request.session[KEY] = {**request.session.get(KEY, {}), str(label.pk): asdict(passed)}
