"""What happens to the log when things go wrong: kills, crowds, full disks, cut lines, forgers."""
