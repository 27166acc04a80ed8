"""The writing: working copies, their blocks, the editions that readers see, and the publication."""

from .article import Article
from .blocks import BLOCK_MODELS, Panel, Picture, PullQuote, Section
from .byline import ArticleAuthor
from .checking import CheckAnswer
from .edition import Edition
from .embed import Embed
from .filing import Author, Category, Series, Tag
from .former_address import FormerAddress
from .front import FrontPage, FrontRow, FrontStory
from .frozen import EditionAuthor, EditionImage
from .image import Image
from .preview_link import PreviewLink
from .publication import MenuEntry, Page, Publication
from .review import Note, Review
from .stale import StaleAlert
from .takedown import Takedown
from .update import Update
from .writing import OpenForm, PrivateCopy

__all__ = [
    "BLOCK_MODELS",
    "Article",
    "ArticleAuthor",
    "Author",
    "Category",
    "CheckAnswer",
    "Edition",
    "EditionAuthor",
    "EditionImage",
    "Embed",
    "FormerAddress",
    "FrontPage",
    "FrontRow",
    "FrontStory",
    "Image",
    "MenuEntry",
    "Note",
    "OpenForm",
    "Page",
    "Panel",
    "Picture",
    "PreviewLink",
    "PrivateCopy",
    "Publication",
    "PullQuote",
    "Review",
    "Section",
    "Series",
    "StaleAlert",
    "Tag",
    "Takedown",
    "Update",
]
