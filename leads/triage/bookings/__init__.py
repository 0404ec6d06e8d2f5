"""Times that are booked."""
