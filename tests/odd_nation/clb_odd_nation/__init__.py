"""What holds for every province of the tests."""
