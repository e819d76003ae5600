"""Where the log and its tables are kept: one write transaction, folds, migrations."""
