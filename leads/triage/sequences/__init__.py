"""The pages on which follow-up plans are written, tried and published."""
