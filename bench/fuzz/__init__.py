"""Whatever somebody may give the program to read, made strange: a reader answers or refuses."""
