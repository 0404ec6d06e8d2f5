"""How each change is taken back."""
