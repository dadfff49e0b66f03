"""Codes of an authenticator app."""

from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time


def code_of(secret: str) -> str:
    """Return the code that the app shows now."""
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"
