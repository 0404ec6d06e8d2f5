"""`manage.py check_mail_dns`: what the sender's domain lacks, in sentences."""

from io import StringIO

import dns.exception
import dns.resolver
import pytest
from django.core.management import CommandError, call_command

from leads.management.commands import check_mail_dns
from leads.management.mail_dns import NoAnswer, complaints
from leads.models import Clinic

SPF, DKIM, DMARC = "example.com", "s1._domainkey.example.com", "_dmarc.example.com"
GOOD = {
    SPF: ["google-site-verification=x", "v=spf1 include:spf.relay.example ~all"],
    DKIM: ["v=DKIM1; k=rsa; p=MIGfMA0G CSqGSIb3"],
    DMARC: ["v=DMARC1; p=quarantine; rua=mailto:reports@example.com"],
}


def told(changes: dict[str, list[str]], selectors: tuple[str, ...] = ("s1",), include: str = "") -> list[str]:
    zone = GOOD | changes
    return complaints("example.com", lambda name: zone.get(name, []), selectors=selectors, include=include)


def test_a_domain_that_is_set_up_has_nothing_to_hear() -> None:
    assert told({}) == []
    assert told({}, include="spf.relay.example") == []


@pytest.mark.parametrize(
    ("name", "records", "said"),
    [
        (SPF, [], "does not say who may send"),
        (SPF, ["v=spf10 ~all"], "does not say who may send"),
        (SPF, ["v=spf1 a ~all", "v=spf1 mx ~all"], "has 2 records"),
        (SPF, ["v=spf1 mx +all"], "allows everybody"),
        (SPF, ["v=spf1 mx all"], "allows everybody"),
        (SPF, ["v=spf1 mx"], "nothing about all other senders"),
        (SPF, ["v=spf1 " + " ".join(f"include:{number}.example" for number in range(9)) + " a mx/24 -all"], "more than 10"),
        (DKIM, [], "there is no key"),
        (DKIM, ["v=DKIM1; p="], "was withdrawn"),
        (DKIM, ["v=DKIM1; t=y; p=MIGf"], "marked as a test"),
        (DMARC, [], "does not say what to do with forged mail"),
        (DMARC, ["v=DMARC1; p=none"], "only watches"),
        (DMARC, ["v=DMARC1; p=quarantine", "v=DMARC1; p=none"], "has 2 records"),
        (DMARC, ["v=DMARC1; rua=mailto:a@example.com"], "has no policy"),
    ],
)
def test_each_lack_is_one_sentence_that_says_what_to_do(name: str, records: list[str], said: str) -> None:
    (sentence,) = told({name: records})
    assert said in sentence


@pytest.mark.parametrize("record", ["v=spf1 redirect=_spf.example.net", "V=SPF1 mx -ALL", "v=spf1 a mx ?all"])
def test_what_is_well_is_not_complained_about(record: str) -> None:
    assert told({SPF: [record]}) == []


def test_a_provider_that_is_not_included_is_named() -> None:
    (sentence,) = told({}, include="spf.other.example")
    assert "include:spf.other.example" in sentence


def test_a_selector_can_not_be_guessed() -> None:
    (sentence,) = told({}, selectors=())
    assert "--selector" in sentence


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    records = dict(GOOD)
    monkeypatch.setattr(check_mail_dns.Command, "lookup", staticmethod(lambda name: records.get(name, [])))
    return records


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("check_mail_dns", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_says_that_all_is_well(zone: dict[str, list[str]]) -> None:
    assert "is set up" in run("--selector", "s1")


@pytest.mark.django_db
def test_the_command_fails_where_something_lacks(zone: dict[str, list[str]]) -> None:
    zone[DMARC] = []
    with pytest.raises(CommandError, match="1 to mend"):
        run("--selector", "s1")


@pytest.mark.django_db
def test_a_clinic_without_a_postal_address_is_told(zone: dict[str, list[str]]) -> None:
    Clinic.objects.update(address=" ")
    with pytest.raises(CommandError, match="1 to mend"):
        run("--selector", "s1")


@pytest.mark.django_db
def test_a_silent_name_server_says_nothing_about_the_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(name: str) -> list[str]:
        raise NoAnswer(name)

    monkeypatch.setattr(check_mail_dns.Command, "lookup", staticmethod(silent))
    with pytest.raises(CommandError, match="try again"):
        run()


@pytest.mark.parametrize("error", [dns.resolver.NXDOMAIN, dns.resolver.NoAnswer])
def test_a_name_that_is_not_there_has_no_records(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(dns.resolver, "resolve", fail)
    assert check_mail_dns.texts("example.com") == []


def test_no_answer_is_no_records_either_and_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise dns.exception.Timeout

    monkeypatch.setattr(dns.resolver, "resolve", fail)
    with pytest.raises(NoAnswer):
        check_mail_dns.texts("example.com")
