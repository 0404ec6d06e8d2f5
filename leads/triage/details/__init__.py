"""What is known of a lead, read and corrected: its own row, its tags, and the fields of the clinic."""
