"""The sample's pictures, drawn by script in one house style: flat shapes, paper and ink, one accent each."""

from .canvas import SIZE
from .motifs import PICTURES, Illustration, draw

__all__ = ["PICTURES", "SIZE", "Illustration", "draw"]
