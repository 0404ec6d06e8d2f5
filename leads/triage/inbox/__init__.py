"""The inbox, the board, and what stands beside them."""
