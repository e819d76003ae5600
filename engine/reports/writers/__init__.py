"""A built report as a file for people: one page for a browser, or a workbook."""
