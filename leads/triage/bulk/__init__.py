"""Many leads at once, and the list of what was changed lately."""
