"""Every write is a named step, one transaction, one event; everything else reads."""
