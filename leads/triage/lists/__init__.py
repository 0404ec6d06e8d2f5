"""Leads in lists: which ones, in which order, and what a row says."""
