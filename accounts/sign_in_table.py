"""What allauth is told in the settings: our forms by the names of its own, and what it does not count."""

ACCOUNT_FORMS = {
    "add_email": "accounts.account_forms.AddEmailForm",
    "change_password": "accounts.account_forms.ChangePasswordForm",
    "login": "accounts.account_forms.LoginForm",
    "reauthenticate": "accounts.account_forms.ReauthenticateForm",
    "reset_password": "accounts.sign_in_forms.ResetForm",
    "reset_password_from_key": "accounts.account_forms.ResetPasswordKeyForm",
    "set_password": "accounts.account_forms.SetPasswordForm",
    "signup": "accounts.sign_in_forms.SignUpForm",
}

ACCOUNT_RATE_LIMITS = {
    # counted by `trackflow.limit_table` instead
    **dict.fromkeys(("signup", "login", "reset_password", "reset_password_from_key")),
    **dict.fromkeys(("manage_email", "change_password", "reauthenticate")),
    # what allauth counts for the codes of a second factor; the key is the account
    "login_failed": "5/5m/key,20/h/key,10/m/ip",
}

MFA_FORMS = {
    "activate_totp": "accounts.account_forms.ActivateTOTPForm",
    "add_webauthn": "accounts.account_forms.AddPasskeyForm",
    "authenticate": "accounts.account_forms.AuthenticateForm",
    "edit_webauthn": "accounts.account_forms.EditPasskeyForm",
    "reauthenticate": "accounts.account_forms.CodeReauthenticateForm",
}
