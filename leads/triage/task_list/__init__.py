"""What has to be done, on a lead and in a list of its own."""
