"""Lives of clubs, played through the engine's own steps: one player for all who need some.

``world`` is a database of one province with its officers and a clock, ``forms`` an ordinary form
for every step, ``people`` invented members, ``play`` the lives that clubs lead. The conformance
kit, the tests and the benches use these directly. ``case_file`` and ``case`` read and check the
cases that experts write; ``demo_file``, ``demo_club`` and ``demo`` are the demonstration: each
installed province's ``demo.toml``, played. The engine knows no province, so it knows no story.
"""
