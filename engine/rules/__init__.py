"""What several steps are judged by: pure rules that take facts and return findings and effects."""
