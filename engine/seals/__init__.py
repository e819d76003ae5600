"""Seals of the log: Merkle trees and their checkpoints.

``merkle`` is the tree of RFC 6962, ``checkpoint`` how its size and root are written: as one short
line, and as the text of C2SP tlog-checkpoint.
"""
