"""Reading the tables for people: clubs, money, what is due, targets, reports."""
