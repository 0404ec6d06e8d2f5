"""Leads that are one person: found, compared, merged, parted, and kept apart."""
