"""What answers a mail that went to staff is nobody's enquiry: else an alert and a machine at a colleague's would talk for ever."""

import pytest

from leads.models import Enquiry, Reply, User
from tests.capture.mailed import arrive, bounce, mail
from tests.followup.made import make_staff_mail

pytestmark = pytest.mark.django_db


def test_a_machine_that_says_not_that_it_is_one_makes_no_enquiry_of_an_alert(bob: User) -> None:
    alert = make_staff_mail(bob, state="sent")
    reply = arrive(mail(about=alert, text="I am away."))
    assert (reply.kind, reply.lead) == ("auto_reply", None)
    assert not Enquiry.objects.exists()
    assert not Reply.objects.filter(kind="reply").exists()  # of which staff would be told


def test_an_alert_that_came_back_is_a_bounce_still(bob: User) -> None:
    assert arrive(bounce(make_staff_mail(bob, state="sent"))).kind == "bounce"


def test_whoever_writes_to_us_first_is_not_meant() -> None:
    assert arrive(mail()).kind == "reply"
    assert Enquiry.objects.exists()
