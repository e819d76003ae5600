"""Member lists (danh sách thành viên): read as communes write them, planned, written.

The libraries for workbooks are loaded when a workbook is read or written, not before.
"""
