"""Signing in, the team, one's own profile, and the clinic's settings. Of allauth only what is used here."""

from allauth.account import views as account
from allauth.mfa.totp import views as totp
from django.urls import include, path

from leads.clinic import (
    clinic_views,
    connections_page,
    email_page,
    first_run_views,
    retention_page,
    signin,
    suppression,
    templates,
    views,
)

urlpatterns = [
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/password/set/", account.password_set, name="account_set_password"),
    path("accounts/password/reset/", signin.forgot, name="account_reset_password"),
    path("accounts/link/<str:token>/", signin.sign_in_link, name="sign_in_link"),
    path("accounts/welcome/", signin.welcome, name="welcome"),
    path("accounts/stay/", signin.stay, name="stay"),
    path("accounts/mfa/totp/activate/", signin.SetUpCodes.as_view(), name="mfa_activate_totp"),
    path("accounts/mfa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("accounts/mfa/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    path("accounts/mfa/", include("allauth.mfa.base.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("desk/settings/", views.settings_home, name="settings"),
    path("desk/settings/profile/", views.profile, name="profile"),
    path("desk/settings/profile/keys/", views.profile_keys, name="profile_keys"),
    path("desk/settings/profile/list/", views.profile_list, name="profile_list"),
    path("desk/settings/clinic/", clinic_views.clinic, name="clinic"),
    path("desk/settings/hours/", clinic_views.hours, name="hours"),
    path("desk/settings/crisis/", clinic_views.crisis, name="crisis"),
    path("desk/settings/wording/", clinic_views.wording, name="wording"),
    path("desk/settings/appearance/", clinic_views.appearance, name="appearance"),
    path("desk/settings/email/", email_page.email, name="email"),
    path("desk/settings/email/test/", email_page.email_test, name="email_test"),
    path("desk/settings/connections/", connections_page.connections, name="connections"),
    path("desk/settings/connections/<int:pk>/remove/", connections_page.key_remove, name="connections_remove"),
    path("desk/settings/retention/", retention_page.retention, name="retention"),
    path("desk/first-run/remove/", first_run_views.end, name="first_run_remove"),
    path("desk/examples/", first_run_views.examples, name="examples"),
    path("desk/examples/remove/", first_run_views.examples_remove, name="examples_remove"),
    path("desk/settings/suppression/", suppression.suppression, name="suppression"),
    path("desk/settings/suppression/<int:pk>/remove/", suppression.suppression_remove, name="suppression_remove"),
    path("desk/settings/templates/", templates.templates, name="templates"),
    path("desk/settings/team/", views.team, name="team"),
    path("desk/settings/team/<int:pk>/role/", views.team_role, name="team_role"),
    path("desk/settings/team/<int:pk>/access/", views.team_access, name="team_access"),
    path("desk/settings/team/<int:pk>/access/remove/", views.team_access_remove, name="team_access_remove"),
]
