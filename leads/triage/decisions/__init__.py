"""What staff decide about a lead: each verb checks, changes, records, and tells who has to know."""
