"""Addresses of sign-in, agencies and people.

Of the sign-in library only these pages are reachable: people come in by invitation, and a lost
password or second factor is renewed by an administrator.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import include, path

from headstamp.web.accounts import stepping_in, views

people = [
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<uuid:pk>/", views.person, name="person"),
    path("people/<uuid:pk>/renew/", views.renew, name="renew"),
    path("people/<uuid:pk>/unlock/", views.unlock, name="unlock"),
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/new/", views.add_agency, name="add_agency"),
    path("agencies/<uuid:pk>/", views.agency, name="agency"),
]

urlpatterns = [
    path("health/", views.health, name="health"),
    path("notice/", views.notice, name="notice"),
    path("locked/", views.locked, name="locked"),
    path("demo/", stepping_in.demo, name="demo"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("", include((people, "accounts"))),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/2fa/", mfa.index, name="mfa_index"),
    path("account/2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("account/2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path(
        "account/2fa/recovery-codes/",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/2fa/recovery-codes/generate/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
