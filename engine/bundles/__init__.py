"""Files that carry clubs between databases without a server: written, judged, taken in, settled.

``form`` is what such a file holds, ``making`` writes one, ``taking`` judges one and takes it in,
``rebasing`` settles a club that went on at both sides, ``partners`` is who has what.
"""
