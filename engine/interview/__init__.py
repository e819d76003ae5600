"""Questions for whoever fills something in: what is asked, known, chosen from, judged at once.

Pure: no terminal, window, database or clock. ``step`` makes the questions of a club's step from its
form's schema, the policy in force and what is known (``situation``); the faces ask them.
"""
