"""One workbook a club (sổ của câu lạc bộ): written from the log, typed into, taken back through it.

sheets is what each sheet has, entries what the log has for it, writer writes the file, reader
reads one, plan holds it against the log, taking records what is new.
"""
