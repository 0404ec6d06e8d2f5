"""Public holidays of a country or one of its parts, one year at a time.

The tables of all countries load at the first look-up (about 8 MB and 0.1 s, once a process), a further year costs under 1 ms.
"""

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def public_holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    """Observed days included. A part that is not known counts as its country, a country that is not known has none."""
    for part in (subdivision or None, None):
        try:
            return frozenset(holidays.country_holidays(country, subdiv=part, years=year))
        except NotImplementedError:
            continue
    return frozenset()
