"""Minimal projects for what else does the same work, set up as their documentation advises, in a venv of their own."""
