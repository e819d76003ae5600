"""Vietnamese text as people write it: spelling, collation, money, days, old TCVN3 fonts."""
