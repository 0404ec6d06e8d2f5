"""Signing in, the team, one's own profile, and the clinic's settings. Of allauth only what is used here."""

from allauth.account import views as account
from allauth.mfa.totp import views as totp
from django.urls import include, path

from leads.clinic import signin, suppression, templates, views

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
    path("desk/settings/clinic/", views.clinic, name="clinic"),
    path("desk/settings/suppression/", suppression.suppression, name="suppression"),
    path("desk/settings/suppression/<int:pk>/remove/", suppression.suppression_remove, name="suppression_remove"),
    path("desk/settings/templates/", templates.templates, name="templates"),
    path("desk/settings/team/", views.team, name="team"),
    path("desk/settings/team/<int:pk>/role/", views.team_role, name="team_role"),
    path("desk/settings/team/<int:pk>/access/", views.team_access, name="team_access"),
    path("desk/settings/team/<int:pk>/access/remove/", views.team_access_remove, name="team_access_remove"),
]
