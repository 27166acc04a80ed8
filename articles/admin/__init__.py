from .article import ArticleAdmin
from .filing import AuthorAdmin, CategoryAdmin, SeriesAdmin, TagAdmin
from .image import ImageAdmin
from .publication import PageAdmin, PublicationAdmin

__all__ = [
    "ArticleAdmin",
    "AuthorAdmin",
    "CategoryAdmin",
    "ImageAdmin",
    "PageAdmin",
    "PublicationAdmin",
    "SeriesAdmin",
    "TagAdmin",
]
