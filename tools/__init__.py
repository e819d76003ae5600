"""Programs for those who change this repository; they are in no wheel."""
