"""No row that hangs on a lead is forgotten when two become one: a new model joins this list with a thought, or the test fails."""

import pytest
from django.db.models import ForeignKey

from leads.models import Lead, Tag
from leads.models.tag import LeadTag
from leads.triage.same_person.merge_rows import STAYS, move, move_back, relations
from tests.cast import make_lead

MOVES = {
    "leads.answer.lead",
    "leads.booking.lead",
    "leads.bulkitem.lead",
    "leads.importrow.lead",
    "leads.contactrule.lead",
    "leads.draft.lead",  # unless that colleague has typed something on the lead that stays, too
    "leads.enquiry.lead",
    "leads.enrolment.lead",  # unless that lead has had the same plan
    "leads.event.lead",
    "leads.fieldvalue.lead",  # unless that field is filled
    "leads.lead.merged_into",  # what was merged into the other
    "leads.leadtag.lead",  # unless it has the tag
    "leads.merge.lead",
    "leads.message.lead",
    "leads.notice.lead",
    "leads.privacyrequest.lead",  # unless the same is asked already
    "leads.reply.lead",
    "leads.task.lead",
}


def test_each_model_that_points_at_a_lead_was_thought_of() -> None:
    assert set(relations()) - STAYS == MOVES


def test_what_stays_exists() -> None:
    assert set(relations()) >= STAYS


def test_what_hangs_on_a_lead_does_so_by_a_plain_key() -> None:
    """Something else than a foreign key would be moved by nothing here."""
    assert all(isinstance(rel.field, ForeignKey) for rel in relations().values())


@pytest.mark.django_db
def test_what_the_lead_has_already_stays_and_the_rest_comes_back() -> None:
    keep, other = make_lead(), make_lead(email="vera@work.example")
    both, one = Tag.objects.create(name="Both"), Tag.objects.create(name="One")
    for lead, tag in ((keep, both), (other, both), (other, one)):
        LeadTag.objects.create(lead=lead, tag=tag)
    moved = move(other, keep)
    assert {(row.lead_id, row.tag_id) for row in LeadTag.objects.all()} == {(keep.pk, both.pk), (other.pk, both.pk), (keep.pk, one.pk)}
    move_back(moved, keep, other)
    assert set(Lead.objects.get(pk=other.pk).tags.all()) == {both, one}
