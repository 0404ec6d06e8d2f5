"""Call mode: one lead at a time."""
