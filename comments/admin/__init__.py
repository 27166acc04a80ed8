"""The newsroom's side of comments, a module a kind of page."""

from . import comment, erasure, event

__all__ = ["comment", "erasure", "event"]
