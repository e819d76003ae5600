"""The Word templates of the papers, and the scripts that make them."""
