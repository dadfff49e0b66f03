"""What allauth is told in the settings: our forms by the names of its own, and how often things may be tried."""

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

ACCOUNT_RATE_LIMITS = {  # instead of some of allauth's own, and more
    "begin_demo": "60/h/ip",
    "upload_picture": "20/h/user",
    "login_failed": "5/5m/key,20/h/key,10/m/ip",  # the key is account and network
    "login_failed_anywhere": "100/h/key",  # the key is the account, here and below
    "login_warning": "1/d/key",
    "keep_unsent": "60/h/key",  # the key is who typed it
    "reset_password": "20/m/ip",
    "reset_mail": "5/h/key",
    "call_code": "10/h/user,30/h/ip,200/h/key",  # wrong codes; the key is the call
}

MFA_FORMS = {
    "activate_totp": "accounts.account_forms.ActivateTOTPForm",
    "add_webauthn": "accounts.account_forms.AddPasskeyForm",
    "authenticate": "accounts.account_forms.AuthenticateForm",
    "edit_webauthn": "accounts.account_forms.EditPasskeyForm",
    "reauthenticate": "accounts.account_forms.CodeReauthenticateForm",
}
