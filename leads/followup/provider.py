"""Mail through any other Django backend: an email provider's API (Anymail)."""

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.core.mail import get_connection

from leads.followup.letter import Letter
from leads.followup.outcome import Outcome, Result
from leads.followup.tracking import OUR_ID

BUSY_OR_OURS = {401, 403, 408, 429}  # too many at once, or a key that has to be mended: no fault of the mail


class ProviderOutlet:
    many = False

    def __init__(self) -> None:
        self._backend = get_connection()

    def open(self) -> None:
        """Each call is a request of its own."""

    def send(self, letter: Letter) -> Outcome:
        mail = letter.as_django()
        # Told again by the webhook, also where the answer to this call was lost.
        mail.metadata = {OUR_ID: letter.message_id}  # type: ignore[attr-defined]  # Anymail looks for it
        try:
            self._backend.send_messages([mail])
        except AnymailRecipientsRefused:
            return Outcome(Result.REFUSED, "recipient_refused", nobody_there=True)
        except AnymailAPIError as error:
            return _answered(error.status_code)
        except AnymailError:  # it found out before it asked anybody
            return Outcome(Result.REFUSED, "unusable")
        except Exception as error:  # one mail that a library chokes on holds up none of the others
            return Outcome(Result.DOUBT, type(error).__name__)
        status = getattr(mail, "anymail_status", None)
        return Outcome(Result.SENT, provider_id=str(getattr(status, "message_id", None) or ""))

    def close(self) -> None:
        self._backend.close()


def _answered(code: int | None) -> Outcome:
    """Without an answer nobody knows; an error of theirs comes before they take a mail."""
    if code is None:
        return Outcome(Result.DOUBT, "no_answer")
    later = code in BUSY_OR_OURS or code >= 500
    return Outcome(Result.LATER if later else Result.REFUSED, f"http_{code}")
