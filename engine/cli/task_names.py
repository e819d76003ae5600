"""What people call a kind of task, for the command line."""

from engine.reports.task_names import task_name

__all__ = ["task_name"]
