"""Every way in which the team, its sign-in links, API keys and the clinic's settings change."""

import logging
from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leads.followup import outbox
from leads.models import ApiKey, Clinic, Closure, MailTemplate, MessageKind, Role, SignInLink, Team, User, first_in
from leads.models.api_key import NAME_LENGTH as KEY_NAME_LENGTH
from leads.policy.refused import Refused

FIRST_ADMINISTRATOR = "administrator@localhost"  # stands in until the person behind the first link says who they are

ONE_MAIL_IN = timedelta(minutes=5)  # nobody's inbox can be flooded through us

log = logging.getLogger(__name__)


def saved_under_its_name(row: Model) -> bool:
    """In the caller's transaction. False where another has the name: a second click, perhaps, or a colleague."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return False
    return True


# Links


@transaction.atomic
def invite(*, by: User | None, email: str, role: str) -> str:
    """A one-time link for a colleague, to be passed on by hand. From the command line also for one who is locked out."""
    return _link_url(SignInLink.objects.issue(_colleague(by, email, role)))


@transaction.atomic
def invite_by_mail(*, by: User, email: str, role: str) -> None:
    """The same, mailed. The link is made when the mail is: neither the outbox nor the administrator's screen ever holds it."""
    _queue_link(_colleague(by, email, role))


def reset_codes(*, email: str) -> None:
    """Their one-time codes are forgotten: the next sign-in sets up new ones."""
    user = User.objects.get(email__iexact=email)
    Authenticator.objects.filter(user=user).delete()
    log.info("the one-time codes of user %s were reset", user.pk)


def _colleague(by: User | None, email: str, role: str) -> User:
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, role=role)
    if by and (user.last_login or not user.is_active):
        raise Refused(_("%(email)s is already on the team.") % {"email": email})
    if user.role != role:
        change_role(by=by, user=user, role=role)
    log.info("user %s was invited as %s by %s", user.pk, role, by and by.pk)
    return user


@transaction.atomic
def mail_link(*, email: str) -> None:
    """For somebody who forgot their password. Says nothing about whether there is such a person."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user and first_in(f"sign-in-link:{user.pk}", ONE_MAIL_IN, timezone.now()):
        _queue_link(user)


def _queue_link(user: User) -> None:
    outbox.queue(kind=MessageKind.SIGN_IN_LINK, user=user, to_address=user.email)


def ensure_first_link() -> str | None:
    """Until an administrator has a password: a new link for whoever will be one. Each start makes one, and the older ones die."""
    if User.objects.administrators().exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists():
        return None
    with transaction.atomic():
        user = User.objects.filter(email=FIRST_ADMINISTRATOR).first()
        user = user or User.objects.create_user(FIRST_ADMINISTRATOR, role=Role.ADMINISTRATOR, wants_alerts=False)
        return _link_url(SignInLink.objects.issue(user))


def _link_url(token: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('sign_in_link', args=[token])}"


def spend(token: str, now: datetime | None = None) -> User | None:
    """Whom the link signs in; None where it is unknown, used or too old. Of two at once, one wins."""
    now = now or timezone.now()
    link = SignInLink.objects.usable(token, now).select_related("user").first()
    won = link and SignInLink.objects.filter(pk=link.pk, spent_at=None).update(spent_at=now)
    return link.user if link and won else None


# People


@transaction.atomic
def introduce(*, by: User, name: str, email: str, password: str) -> None:
    """The person behind a link says who they are and chooses a password; every other session of theirs ends."""
    if User.objects.filter(pk=by.pk, email=FIRST_ADMINISTRATOR).exists():
        by.wants_alerts = True  # now there is an address to write to
    by.name, by.email = name, email.lower()
    by.set_password(password)
    by.save()


@transaction.atomic
def change_role(*, by: User | None, user: User, role: str) -> None:
    if role != Role.ADMINISTRATOR:
        _keep_an_administrator(besides=user)
    User.objects.filter(pk=user.pk).update(role=role)
    user.role = role
    log.info("user %s became %s by %s", user.pk, role, by and by.pk)


@transaction.atomic
def disable(*, by: User, user: User) -> None:
    """Their sessions end at the next request, their links at once."""
    _keep_an_administrator(besides=user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    SignInLink.objects.filter(user=user, spent_at=None).delete()
    log.info("user %s was disabled by %s", user.pk, by.pk)


@transaction.atomic
def enable(*, by: User, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=True)
    log.info("user %s was enabled by %s", user.pk, by.pk)


def _keep_an_administrator(*, besides: User) -> None:
    """All administrators are locked, so that two of them can't remove each other at the same time."""
    administrators = {user.pk for user in User.objects.administrators().select_for_update().order_by("pk")}
    if administrators == {besides.pk}:
        raise Refused(_("Somebody has to manage the team. Make another colleague an administrator first."))


@transaction.atomic
def save_profile(*, by: User, **fields: Any) -> None:
    """Of: name, signature, theme, wants_alerts, wants_notices, single_keys, density, hidden_columns."""
    for name, value in fields.items():
        setattr(by, name, value)
    by.save(update_fields=list(fields))


@transaction.atomic
def save_work(*, by: User, user: User, **fields: Any) -> None:
    """When somebody works, is away, who stands in, and whether they take new leads in turn."""
    for name, value in fields.items():
        setattr(user, name, value)
    user.save(update_fields=list(fields))
    log.info("when user %s works was saved by %s", user.pk, by.pk)


@transaction.atomic
def save_team(*, by: User, team: Team, members: list[User]) -> bool:
    """A new one, or one that was changed. False where another has its name."""
    if not saved_under_its_name(team):
        return False
    team.members.set(members)
    log.info("team %s was saved by %s", team.pk, by.pk)
    return True


@transaction.atomic
def remove_team(*, by: User, team: Team) -> None:
    """Its leads stay with whoever has them."""
    log.info("team %s was removed by %s", team.pk, by.pk)
    team.delete()


# API keys


@transaction.atomic
def create_key(*, by: User | None, name: str, scopes: list[str], expires_in: timedelta | None = None) -> str:
    """The key itself, which is shown this once."""
    name = name.strip()
    if not (0 < len(name) <= KEY_NAME_LENGTH and name.isprintable()):
        raise Refused(_("Name the key in 1 to %(limit)d characters, on one line.") % {"limit": KEY_NAME_LENGTH})
    expires_at = timezone.now() + expires_in if expires_in else None
    key, secret = ApiKey.objects.create_with_secret(name=name, scopes=sorted(set(scopes)), expires_at=expires_at)
    log.info("API key %s was made by %s", key.pk, by and by.pk)
    return secret


@transaction.atomic
def revoke_key(*, by: User | None, prefix: str) -> list[ApiKey]:
    """It opens nothing from now on. Several where several begin like this: of two that may have leaked, neither may stay."""
    live = list(ApiKey.objects.beginning(prefix).filter(revoked_at=None).select_for_update().order_by("pk"))
    if not live:
        raise Refused(_("No key in use begins like this."))
    ApiKey.objects.filter(pk__in=[key.pk for key in live]).update(revoked_at=timezone.now())
    log.info("API keys %s were revoked by %s", [key.pk for key in live], by and by.pk)
    return live


# The clinic


@transaction.atomic
def save_template(*, by: User, template: MailTemplate) -> bool:
    """A new one, or one that was changed. False where another has its name in its language."""
    if not saved_under_its_name(template):
        return False
    log.info("template %s was saved by %s", template.pk, by.pk)
    return True


@transaction.atomic
def remove_template(*, by: User, template: MailTemplate) -> None:
    """What was written with it stays as it is."""
    log.info("template %s was removed by %s", template.pk, by.pk)
    template.delete()


@transaction.atomic
def save_clinic(*, by: User, **fields: Any) -> None:
    """Any of the columns of its one row."""
    clinic = Clinic.objects.select_for_update().get(pk=1)
    for name, value in fields.items():
        setattr(clinic, name, value)
    clinic.save(update_fields=list(fields))
    log.info("the clinic's settings were saved by %s", by.pk)


@transaction.atomic
def save_hours(*, by: User, closures: dict[date, str], **fields: Any) -> None:
    save_clinic(by=by, hours_confirmed_at=timezone.now(), **fields)
    Closure.objects.exclude(day__in=closures).delete()
    for day, reason in closures.items():
        Closure.objects.update_or_create(day=day, defaults={"reason": reason})


def confirm_crisis_numbers(*, by: User, **fields: Any) -> None:
    """Whoever saves them has looked at them."""
    save_clinic(by=by, crisis_confirmed_at=timezone.now(), **fields)


def end_first_run(*, by: User) -> None:
    """The checklist leaves the inbox, done or not."""
    save_clinic(by=by, first_run_ended_at=timezone.now())
