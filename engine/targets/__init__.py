"""What a province counts, what it aims at, and how far it is."""
