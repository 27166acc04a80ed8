"""The newsroom's side of comments, a module a kind of page."""

from . import ban, comment, erasure, event, policy

__all__ = ["ban", "comment", "erasure", "event", "policy"]
