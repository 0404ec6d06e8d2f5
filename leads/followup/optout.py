"""The token of a stop link: a lead's reference, signed with 256 bits. It says nothing about the person and never expires."""

from django.core import signing

from leads.models import Lead

_signer = signing.Signer(salt="leads.followup.stop", sep=".")


def token_of(lead: Lead) -> str:
    return _signer.sign(lead.reference)


def reference_in(token: str) -> str | None:
    """None where we never made this token."""
    try:
        return _signer.unsign(token)
    except signing.BadSignature:
        return None
