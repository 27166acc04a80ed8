from .article import ArticleAdmin
from .decision_pages import DecisionAdmin
from .filing import AuthorAdmin, CategoryAdmin, SeriesAdmin, TagAdmin
from .front import FrontPageAdmin
from .image import ImageAdmin
from .publication import PageAdmin, PublicationAdmin

__all__ = [
    "ArticleAdmin",
    "AuthorAdmin",
    "CategoryAdmin",
    "DecisionAdmin",
    "FrontPageAdmin",
    "ImageAdmin",
    "PageAdmin",
    "PublicationAdmin",
    "SeriesAdmin",
    "TagAdmin",
]
