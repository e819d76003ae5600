"""Where the log and its tables are kept: peewee models, one write transaction, folds, migrations."""
