"""Counts and ages for Prometheus, read from the database when asked, so that every process answers alike. No personal data.

Each figure is read by an index that holds only such rows: what was sent in all the years costs nothing.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count
from django.utils import timezone
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from leads.followup.mailbox_trouble import mailbox_trouble
from leads.health.checks import oldest_due
from leads.models import COMING, Lead, Message, MessageState, last_time

UNSETTLED = (*COMING, MessageState.UNKNOWN, MessageState.FAILED)


class Leadwell(Collector):
    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = timezone.now()
        yield _messages()
        yield _gauge("oldest_due_seconds", "Age of the oldest mail that is due.", _age(now, oldest_due(now)))
        yield _gauge("sweep_age_seconds", "Since the outbox was last swept.", _age(now, last_time("sweep")))
        yield _gauge("mailbox_age_seconds", "Since the mailbox was last fetched.", _age(now, mailbox_trouble().fetched_at))
        needs_us = Lead.objects.needs_us()
        yield _gauge("leads_need_us", "Leads that wait for us.", needs_us.count())
        yield _gauge("leads_overdue", "Leads that wait for us longer than promised.", needs_us.filter(due_at__lte=now).count())
        yield _gauge("leads_in_check", "Enquiries that a person must look at.", Lead.objects.in_check().count())


def _messages() -> GaugeMetricFamily:
    family = GaugeMetricFamily("leadwell_messages", "Mails that have not left, or may not have, by state.", labels=["state"])
    found = dict(Message.objects.filter(state__in=UNSETTLED).order_by().values_list("state").annotate(Count("pk")))
    for state in UNSETTLED:
        family.add_metric([state], found.get(state, 0))
    return family


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"leadwell_{name}", meaning, value=value)


def _age(now: datetime, then: datetime | None) -> float:
    return (now - then).total_seconds() if then else 0.0


registry = CollectorRegistry(auto_describe=False)
registry.register(Leadwell())
