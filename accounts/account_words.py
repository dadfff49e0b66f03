"""What the account pages say is wrong, instead of allauth's own sentences; `account_forms` has the labels."""

ACCOUNT_ERRORS = {
    "account_inactive": "This account is deactivated.",
    "cannot_remove_primary_email": "Make another address primary first.",
    "duplicate_email": "This address is one of yours already.",
    "email_password_mismatch": "Email or password is not correct.",
    "email_taken": "Another account has this address.",
    "enter_current_password": "This is not your current password.",
    "incorrect_code": "This code is not correct, or too old. Enter the one shown now.",
    "incorrect_password": "This password is not correct.",
    "invalid_login": "Email or password is not correct.",
    "invalid_password_reset": "This link does not work any more. Ask for a new one.",
    "max_email_addresses": "You can have at most %d addresses. Remove one first.",
    "rate_limited": "Too many tries. Wait a few minutes, then try again.",
    "same_as_current": "This is the one you have now.",
    "select_only_one": "Choose one.",
    "too_many_login_attempts": (
        "Too many failed sign-ins. Choose a new password (“Forgot your password?”), sign in with a passkey, "
        "or wait a while and try again."
    ),
    "unknown_email": "No account has this address.",
    "unverified_primary_email": "Confirm the address first, then make it primary.",
}
MFA_ERRORS = {
    "add_email_blocked": "Turn off two-factor sign-in first, then add the address.",
    "cannot_delete_authenticator": "Two-factor sign-in cannot be turned off for this account.",
    "cannot_generate_recovery_codes": "Turn on the authenticator app or add a passkey first.",
    "incorrect_code": "This code is not correct, or too old. Enter the one shown now.",
    "unverified_email": "Confirm your email address first.",
}
WAYS = {
    "mfa_reauthenticate": "Use a code from your app",
    "mfa_reauthenticate:webauthn": "Use a passkey",
    "reauthenticate": "Use your password",
}
"""Ways to prove once more who one is."""
