"""Importing people from a file: tried out first, then done; nobody is mailed, and what cannot come in says why."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leads.capture.importing import actions
from leads.models import (
    Category,
    Clinic,
    Enquiry,
    Enrolment,
    Event,
    EventKind,
    Import,
    ImportState,
    Lead,
    Message,
    Outcome,
    Stage,
    User,
)
from leads.policy.refused import Refused
from leads.triage.same_person.merging import merge
from tests.capture.importing import imported, outcomes, tried_out, uploaded, worked
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db
VERA = "Vera Lind,vera@example.com,,I would like to come."
OMAR = "Omar Haddad,,+1 555 010 0177,"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


def left_out(client: Client, found: Import) -> list[str]:
    """The lines of the file with the rows that stayed out."""
    answer = client.get(f"/desk/import/{found.pk}/left-out/")
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]  # only streams have it


def test_trying_it_out_imports_nobody(alice: User) -> None:
    found = tried_out(alice, VERA, OMAR)
    assert (found.state, found.counts, found.rows) == (ImportState.CHECKED, {Outcome.MADE: 2}, 2)
    assert not Lead.objects.exists()


def test_a_row_becomes_a_lead(alice: User) -> None:
    found = imported(alice, VERA, OMAR)
    assert found.state == ImportState.DONE
    lead = Lead.objects.get(email="vera@example.com")
    assert (lead.name, lead.category, lead.attention, lead.next_action) == ("Vera Lind", Category.NEW, "done", "check_back")
    event = lead.events.get()
    assert (event.kind, event.data["import"], event.by) == (EventKind.IMPORTED, found.pk, alice)
    assert lead.enquiries.get().message == "I would like to come."
    assert Lead.objects.get(phone="+15550100177").enquiries.count() == 0


def test_they_agreed_to_nothing_and_get_no_mail(alice: User) -> None:
    imported(alice, VERA)
    enquiry = Enquiry.objects.get()
    assert not enquiry.consent_reply
    assert not enquiry.consent_followup
    assert not Message.objects.exists()
    assert not Enrolment.objects.exists()


def test_they_can_be_put_into_the_inbox_at_once(alice: User) -> None:
    imported(alice, VERA, arrives="needs_us")
    lead = Lead.objects.needs_us().get()
    assert lead.next_action == "reply"
    assert lead.waiting_since is None  # Nobody was promised an answer.


def test_crisis_words_put_them_first_and_alert_nobody(alice: User) -> None:
    imported(alice, "Vera,vera@example.com,,I want to kill myself", arrives="needs_us")
    assert Lead.objects.get().read_first
    assert not Enquiry.objects.get().crisis


def test_what_they_wrote_is_sealed(alice: User) -> None:
    imported(alice, "Vera,vera@example.com,,The canary sings,A note of mine", header="Name,Email,Phone,Message,Notes")
    raw = bytes(Enquiry.objects.get().__dict__["message"])
    assert b"canary" not in raw
    assert Event.objects.get().text == "A note of mine"


@pytest.mark.parametrize(("rule", "outcome", "leads"), [("join", Outcome.JOINED, 1), ("skip", Outcome.KNOWN, 1), ("own", Outcome.MADE, 2)])
def test_who_has_a_lead_already(alice: User, rule: str, outcome: Outcome, leads: int) -> None:
    vera_writes(name="Véra Other")
    found = imported(alice, VERA, same_person=rule)
    assert found.counts == {outcome: 1}
    assert Lead.objects.count() == leads


def test_joining_neither_wakes_nor_changes_a_lead(alice: User) -> None:
    vera_writes()
    before = Lead.objects.values().get()
    imported(alice, VERA)
    assert Lead.objects.values().get() == before
    assert Lead.objects.get().enquiries.count() == 2


@pytest.mark.parametrize(
    ("rule", "outcome", "leads"), [("join", Outcome.REPEATED, 1), ("skip", Outcome.TWICE, 1), ("own", Outcome.MADE, 2)]
)
def test_who_stands_in_the_file_twice(alice: User, rule: str, outcome: Outcome, leads: int) -> None:
    tried = tried_out(alice, VERA, VERA, same_person=rule)
    assert outcomes(tried) == {2: Outcome.MADE, 3: outcome}
    actions.run(by=alice, found=tried)
    assert outcomes(worked(tried)) == {2: Outcome.MADE, 3: outcome}
    assert Lead.objects.count() == leads


def test_somebody_who_writes_between_trial_and_import_is_joined(alice: User) -> None:
    tried = tried_out(alice, VERA)
    vera_writes()
    actions.run(by=alice, found=tried)
    assert worked(tried).counts == {Outcome.JOINED: 1}
    assert Lead.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",vera@example.com,,", Outcome.NO_NAME),
        ("Vera,,,", Outcome.NO_ADDRESS),
        ("Vera,vera@,,", Outcome.BAD_EMAIL),
        ("Vera,,12,", Outcome.BAD_PHONE),
        ("V" * 121 + ",vera@example.com,,", Outcome.LONG_NAME),
        ("Vera,vera@example.com,," + "x" * 5001, Outcome.LONG_TEXT),
        ("Vera,vera@example.com,," + "x" * 10_001, Outcome.LONG_CELL),
        ("Vera,vera@example.com,," + "x" * 200_000, Outcome.LONG_ROW),
        ("Vera,vera@example.com", Outcome.TOO_FEW),
        ("Vera,vera@example.com,,,extra", Outcome.TOO_MANY),
        ('Vera,vera@example.com,,"open', Outcome.OPEN_QUOTE),
    ],
)
def test_a_row_that_cannot_come_in_says_why(alice: User, row: str, why: Outcome) -> None:
    assert outcomes(imported(alice, OMAR, row)) == {2: Outcome.MADE, 3: why}


@pytest.mark.parametrize(("stage", "why"), [("Contacted", Outcome.MADE), ("Nowhere", Outcome.NO_STAGE)])
def test_a_stage_is_one_of_ours(alice: User, stage: str, why: Outcome) -> None:
    found = imported(alice, f"Vera,vera@example.com,{stage}", header="Name,Email,Stage")
    assert outcomes(found) == {2: why}
    if why == Outcome.MADE:
        assert Lead.objects.get().stage == Stage.objects.named("Contacted")


def test_a_closed_lead_waits_for_nothing(alice: User) -> None:
    imported(alice, "Vera,vera@example.com,Closed", header="Name,Email,Stage", arrives="needs_us")
    lead = Lead.objects.get()
    assert (lead.category, lead.attention, lead.due_at) == (Category.CLOSED, "done", None)


def test_an_owner_is_a_colleague(alice: User, bob: User, charlie: User) -> None:
    rows = ("Vera,vera@example.com,bob@example.com", "Omar,omar@example.com,Bob", "Ana,ana@example.com,Charlie")
    assert list(outcomes(imported(alice, *rows, header="Name,Email,Owner")).values()) == [Outcome.MADE, Outcome.MADE, Outcome.NO_OWNER]
    assert Lead.objects.filter(owner=bob).count() == 2


@pytest.mark.parametrize(
    ("country", "text", "day"),
    [("US", "05/31/2024", "2024-05-31"), ("ES", "31/05/2024", "2024-05-31"), ("DE", "31.05.2024 10:30", "2024-05-31"),
     ("US", "2024-05-31T10:00:00+00:00", "2024-05-31"), ("US", "31/31/2024", ""), ("US", "2999-01-01", "")],
)  # fmt: skip
def test_when_they_wrote(alice: User, country: str, text: str, day: str) -> None:
    Clinic.objects.update(country=country)
    found = imported(alice, f"Vera,vera@example.com,{text}", header="Name,Email,Date")
    assert outcomes(found) == {2: Outcome.MADE if day else Outcome.BAD_DATE}
    if day:
        assert Lead.objects.get().received_at.date().isoformat() == day


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_it_reads_what_spreadsheets_write(alice: User, encoding: str, delimiter: str) -> None:
    row = delimiter.join(("Ángela Núñez", "angela@example.com", "", "x"))
    found = imported(alice, row, header=delimiter.join(("Nombre", "Correo electrónico", "Teléfono", "Mensaje")), encoding=encoding)
    assert found.counts == {Outcome.MADE: 1}
    assert Lead.objects.get().name == "Ángela Núñez"


def test_a_first_and_a_last_name_make_one(alice: User) -> None:
    imported(alice, "Vera,Lind,vera@example.com", header="Nombre,Apellidos,Email")
    assert Lead.objects.get().name == "Vera Lind"


def test_it_runs_once(alice: User) -> None:
    found = imported(alice, VERA)
    with pytest.raises(Refused):
        actions.run(by=alice, found=found)
    with pytest.raises(Refused):
        actions.choose(by=alice, found=found, columns=found.columns, same_person="join", arrives="done")
    assert Lead.objects.count() == 1


def test_columns_can_be_changed_after_trying_it_out(alice: User) -> None:
    found = tried_out(alice, VERA)
    actions.choose(by=alice, found=found, columns=["name", "", "", ""], same_person="join", arrives="done")
    assert outcomes(worked(found)) == {2: Outcome.NO_ADDRESS}


def test_a_file_that_is_gone_ends_it(alice: User) -> None:
    found = tried_out(alice, VERA)
    actions.forget_old(timezone.now() + timedelta(days=8))
    actions.run(by=alice, found=found)
    assert worked(found).state == ImportState.FAILED


@pytest.mark.parametrize("content", [b"", b"\n", b"Name,Email\n", b"\x00\x00\x00"])
def test_a_file_without_rows_is_refused(alice: User, as_alice: Client, content: bytes) -> None:
    answer = as_alice.post("/desk/import/", {"file": _file(content)})
    assert answer.status_code == 400
    assert not Import.objects.exists()


def test_too_large_a_file_is_refused(as_alice: Client, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 10
    answer = as_alice.post("/desk/import/", {"file": _file(b"Name,Email\nVera,vera@example.com\n")})
    assert answer.status_code == 400
    assert not Import.objects.exists()


def test_the_file_is_kept_encrypted(alice: User, settings: Any) -> None:
    uploaded(alice, VERA)
    [kept] = (settings.DATA_DIR / "imports").iterdir()
    assert b"vera" not in kept.read_bytes().lower()
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_large_file_comes_in_through_the_data_folder(as_alice: Client, settings: Any) -> None:
    """Above what Django keeps in memory. Nothing of it lies in the open afterwards."""
    rows = b"".join(b"Vera,vera%d@example.com\n" % number for number in range(120_000))
    assert len(rows) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    assert as_alice.post("/desk/import/", {"file": _file(b"Name,Email\n" + rows)}).status_code == 302
    assert list((settings.DATA_DIR / "uploads").iterdir()) == []
    assert len(list((settings.DATA_DIR / "imports").iterdir())) == 1


def test_the_story_on_the_pages(as_alice: Client, alice: User) -> None:
    page = as_alice.post("/desk/import/", {"file": _file(f"Name,Email,Phone,Message\n{VERA}\n=cmd,,,\n".encode())}, follow=True)
    assert "What do the columns hold?" in page.content.decode()
    assert "Vera Lind" in page.content.decode()
    assert "I would like to come" not in page.content.decode()
    found = Import.objects.get()
    url = f"/desk/import/{found.pk}/"
    chosen = {f"column-{number}": code for number, code in enumerate(found.columns)}
    page = as_alice.post(url, chosen | {"same_person": "join", "arrives": "done"}, follow=True)
    assert "Trying it out" in page.content.decode()
    worked(found)
    page = as_alice.post(url + "run/", follow=True)
    assert "Importing" in page.content.decode()
    worked(found)
    assert "Imported." in as_alice.get(url).content.decode()
    assert left_out(as_alice, found)[1] == "3,There is neither an email address nor a phone number,'=cmd,,,"


def test_rows_that_the_keys_do_not_open_are_numbers_and_reasons(as_alice: Client, alice: User, settings: Any) -> None:
    found = tried_out(alice, "Vera,,,")
    settings.FIELD_KEYS = {"other": bytes(32)}
    assert left_out(as_alice, found) == ["Row,Reason", "2,There is neither an email address nor a phone number"]


def test_columns_need_a_name_and_an_address(as_alice: Client, alice: User) -> None:
    found = uploaded(alice, VERA)
    answer = as_alice.post(f"/desk/import/{found.pk}/", {"column-0": "email", "column-1": "email", "same_person": "x", "arrives": "done"})
    assert answer.status_code == 400
    assert Import.objects.get().state == ImportState.MAPPING


def test_it_is_not_for_the_front_desk(as_bob: Client, alice: User) -> None:
    found = uploaded(alice, VERA)
    for page in ("/desk/import/", f"/desk/import/{found.pk}/", f"/desk/import/{found.pk}/left-out/"):
        assert as_bob.get(page).status_code == 404
    assert as_bob.post(f"/desk/import/{found.pk}/run/").status_code == 404


def test_a_lead_elsewhere_stays_untouched(alice: User, lead: Lead) -> None:
    make_lead(email="other@example.com", identity_key="other@example.com|other")
    imported(alice, OMAR)
    assert Lead.objects.count() == 3


def _file(content: bytes) -> Any:
    file = BytesIO(content)
    file.name = "people.csv"
    return file


def test_whose_lead_was_merged_into_another_joins_that_one(alice: User) -> None:
    """The key by which they are known stays with the lead that was merged: no second one can have it."""
    keep, other = (Lead.objects.get(reference=vera_writes(email=email).reference) for email in ("vera@example.com", "vera@work.example"))
    merge(by=alice, keep=keep, other=other, choices={"email": "keep"})
    found = imported(alice, "Vera Lind,vera@work.example,,Once more.")
    assert (found.state, outcomes(found)) == (ImportState.DONE, {2: Outcome.JOINED})
    assert keep.enquiries.count() == 3
