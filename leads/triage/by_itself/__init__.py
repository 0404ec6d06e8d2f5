"""What the desk does without anybody: who gets a lead, what is overdue, who wakes up."""
