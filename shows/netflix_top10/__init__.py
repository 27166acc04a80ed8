"""The Netflix Top 10 as Netflix publishes it: three files, checked whole, compared, and only then stored.

`files` opens what was given, `reading` makes lists of it and refuses what is no such file, `importing` finds
what would change and changes it, `matching` knows which season a title means.
"""

from .files import Refused, opened
from .importing import Import

__all__ = ["Import", "Refused", "opened"]
