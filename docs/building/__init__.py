"""What Sphinx does for these pages besides its own: two languages, a search, commands to read."""
