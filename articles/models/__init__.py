"""The writing: working copies, their blocks, the editions that readers see, and the publication."""

from .article import Article
from .blocks import BLOCK_MODELS, Panel, Picture, PullQuote, Section
from .byline import ArticleAuthor
from .edition import Edition
from .filing import Author, Category, Tag
from .former_address import FormerAddress
from .frozen import EditionAuthor, EditionImage
from .image import Image
from .publication import MenuEntry, Page, Publication

__all__ = [
    "BLOCK_MODELS",
    "Article",
    "ArticleAuthor",
    "Author",
    "Category",
    "Edition",
    "EditionAuthor",
    "EditionImage",
    "FormerAddress",
    "Image",
    "MenuEntry",
    "Page",
    "Panel",
    "Picture",
    "Publication",
    "PullQuote",
    "Section",
    "Tag",
]
