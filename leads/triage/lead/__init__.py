"""The page of a lead, and every change that is made there."""
