"""Views that somebody named: kept, changed, removed. Their own, or shared with the team."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from leads.access import Right, may
from leads.models import Remembered, SavedView, User
from leads.models.saved_view import NAME_LENGTH, QUERY_LENGTH
from leads.triage.decisions.recording import Conflict
from leads.triage.lists.filters import Asked

MOST = 30  # of one person

_all = Remembered(lambda: list(SavedView.objects.all()))


def views_of(user: User) -> list[SavedView]:
    """By name. To look at: it may be a moment old."""
    return [view for view in _all() if view.shared or view.owner_id == user.pk]


def may_change(user: User, view: SavedView) -> bool:
    """Its owner may; a manager may, too, what everybody sees."""
    return view.owner_id == user.pk or (view.shared and may(user, Right.EDIT_CLINIC))


def save_view(*, by: User, name: str, shared: bool, query: str) -> SavedView:
    """`query` is read and written anew: nothing but what a list understands is kept."""
    name, asked = name.strip(), Asked.by(QueryDict(query))
    _refuse_name(name)
    if by.saved_views.count() >= MOST:
        raise Conflict(_("You have %d views. Remove one that you don’t need any more.") % MOST)
    kept = asked.as_query()
    if len(kept) > QUERY_LENGTH:
        raise Conflict(_("Search for something shorter to keep it as a view."))
    slug = f"{slugify(name)[:60] or 'view'}-{secrets.token_hex(4)}"
    with _a_name_of_its_own():
        view = SavedView.objects.create(owner=by, name=name, slug=slug, query=kept, shared=shared)
    _all.forget()
    return view


def change_view(*, by: User, view: SavedView, name: str, shared: bool) -> None:
    name = name.strip()
    _refuse_name(name)
    with _a_name_of_its_own():
        SavedView.objects.filter(pk=view.pk).update(name=name, shared=shared)
    _all.forget()


def remove_view(*, by: User, view: SavedView) -> None:
    view.delete()
    _all.forget()


def _refuse_name(name: str) -> None:
    if not (0 < len(name) <= NAME_LENGTH and name.isprintable()):
        raise Conflict(_("Name the view in 1 to %d characters.") % NAME_LENGTH)


@contextmanager
def _a_name_of_its_own() -> Iterator[None]:
    """Of two views of one person with one name, the second is refused."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Conflict(_("You have a view of this name already. Choose another one.")) from None
