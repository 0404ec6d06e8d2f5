from leads.policy.consent import CURRENT, VERSIONS, followups_allowed


def test_it_allows_what_the_wording_says() -> None:
    assert followups_allowed(CURRENT) == 3
    assert all(str(consent.followups) in str(consent.followup) for consent in VERSIONS.values())


def test_an_unknown_version_allows_none() -> None:
    assert followups_allowed("never written") == 0


def test_a_version_is_never_reworded() -> None:
    assert VERSIONS["1"].reply == "You can use these details to reply to me."
    assert VERSIONS["1"].followup == "Send me up to 3 follow-up emails. I can stop any time."
