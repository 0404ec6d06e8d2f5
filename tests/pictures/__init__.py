"""Pictures of the running product, for the README, for the staff guide, and to look at."""
