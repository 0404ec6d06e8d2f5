"""How every verb says no."""


class Refused(Exception):
    """It can't be done, or not now. Its text is a sentence for the person who tried."""
