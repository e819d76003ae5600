"""A new province's plugin, written whole: a distribution that installs and passes at once.

``naming`` says what it may be called, ``writing`` writes its files, ``trial`` checks what was
written and runs its tests without installing it.
"""
