"""What one PostgreSQL server carries: a country's clubs, many writers, and the same by hand."""
