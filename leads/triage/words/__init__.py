"""How the desk says things: times, numbers, names, and texts that are kept."""
