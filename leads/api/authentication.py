"""`Authorization: Bearer lw_…`: the key that asks is `request.auth`."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from leads.access import RIGHTS_OF_SCOPE
from leads.models import ApiKey

SCOPES = "\n".join(f"- `{scope}`: {', '.join(sorted(right.value for right in rights))}" for scope, rights in RIGHTS_OF_SCOPE.items())
DESCRIPTION = f"""A key, sent as `Authorization: Bearer lw_…`. `manage.py create_api_key` makes it, and gives it scopes:

{SCOPES}
"""


class KeyAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[AnonymousUser, ApiKey] | None:
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        key = ApiKey.objects.live(secret.strip())
        if key is None:
            raise AuthenticationFailed(_("This key does not exist, has expired or was revoked."))
        return AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its __init_subclass__ has no types
    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "lw_…", "description": DESCRIPTION}
