"""Settings, tags: made, renamed, coloured, merged and removed on one page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leads.clinic.tags import merge_tag
from leads.models import Lead, LeadTag, Tag
from tests.cast import make_lead

pytestmark = pytest.mark.django_db
PAGE = reverse("tags")


@pytest.fixture
def vip(db: None) -> Tag:
    return Tag.objects.create(name="VIP")


def text(client: Client, query: str = "") -> str:
    return " ".join(client.get(PAGE + query).content.decode().split())


def post(client: Client, tag: Tag | None = None, **data: str) -> Any:
    return client.post(f"{PAGE}?tag={tag.pk}" if tag else PAGE, data)


def tags_of(lead: Lead) -> list[str]:
    return [tag.name for tag in lead.tags.all()]


def test_one_is_made(as_alice: Client) -> None:
    assert "There is none yet." in text(as_alice)
    assert post(as_alice, name="  Evening  only", tone="ok")["Location"] == f"{PAGE}?saved"
    assert list(Tag.objects.values_list("name", "tone")) == [("Evening only", "ok")]
    assert '<span class="chip ok">Evening only</span>' in text(as_alice, "?saved")


def test_one_is_renamed_and_coloured(as_alice: Client, vip: Tag) -> None:
    assert "Change “VIP”" in text(as_alice, f"?tag={vip.pk}")
    post(as_alice, vip, name="Priority", tone="info")
    assert list(Tag.objects.values_list("name", "folded", "tone")) == [("Priority", "priority", "info")]


def test_two_of_one_name_are_refused(as_alice: Client, vip: Tag) -> None:
    assert "There is a tag with this name already" in post(as_alice, name="vip", tone="ok").content.decode()
    assert Tag.objects.count() == 1


def test_two_become_one_and_nobody_has_it_twice(as_alice: Client, vip: Tag) -> None:
    priority, both, one = Tag.objects.create(name="Priority"), make_lead(email="1@example.com"), make_lead(email="2@example.com")
    for lead, tag in [(both, vip), (both, priority), (one, vip)]:
        LeadTag.objects.create(lead=lead, tag=tag)
    post(as_alice, vip, merge="yes", into=str(priority.pk))
    assert [tag.name for tag in Tag.objects.all()] == ["Priority"]
    assert (tags_of(both), tags_of(one)) == (["Priority"], ["Priority"])


def test_it_is_not_merged_into_itself_or_nothing(as_alice: Client, vip: Tag) -> None:
    for into in (str(vip.pk), "", "999"):
        assert "Choose another tag" in post(as_alice, vip, merge="yes", into=into).content.decode()
    assert Tag.objects.get() == vip


def test_one_is_removed_from_every_lead(as_alice: Client, lead: Lead, vip: Tag) -> None:
    LeadTag.objects.create(lead=lead, tag=vip)
    post(as_alice, vip, remove="yes")
    assert not Tag.objects.exists()
    assert tags_of(lead) == []


def test_those_at_the_front_desk_do_not_manage_them(as_bob: Client) -> None:
    assert as_bob.get(PAGE).status_code == 404
    assert post(as_bob, name="x", tone="ok").status_code == 404


def test_the_page_warns_of_what_does_not_belong_here(as_alice: Client) -> None:
    assert "keep what people told you out of them" in text(as_alice)


def test_how_many_have_it(alice: Any, vip: Tag, lead: Lead) -> None:
    LeadTag.objects.create(lead=lead, tag=vip)
    assert merge_tag(by=alice, tag=vip, into=Tag.objects.create(name="Priority")) == 1
