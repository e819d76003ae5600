"""The demonstration: each installed province's own story, played through the real door.

The engine knows no province, so it knows no story either: a province that wants to be shown has a
``demo.toml`` beside its policy. Everything that is told afterwards is read back from the database.
"""
