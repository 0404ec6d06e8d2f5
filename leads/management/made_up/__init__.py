"""Made-up people and what became of them: for pictures, for trying things out, and for measuring with a million of them."""
