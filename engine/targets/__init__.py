"""What a province counts: the named measures, and the targets its policy sets on them."""
