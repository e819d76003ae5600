"""``python -m engine`` is ``clb``, for where ``clb`` is not on the path."""

from engine.cli import main

if __name__ == "__main__":
    main()
