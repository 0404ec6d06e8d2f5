"""A view names the right that it needs; a key has the rights of its scopes."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from leads.access import may
from leads.models import ApiKey


class HasScope(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        """`view.right` is a Right; every view of this stage has one."""
        return isinstance(request.auth, ApiKey) and may(request.auth, view.right)
