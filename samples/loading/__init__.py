"""Puts the sample content into an empty site."""

from django.db import transaction
from django.utils import timezone

from articles.models import Article, Author, Category, Image, Page, Publication, Tag
from comments.models import Comment
from shows.models import ChartEntry, Company, Decision, Genre, Network, Person, Rating, Season, Show
from shows.runs import refresh_runs
from shows.waits import refresh_waits

from .articles import load_articles
from .comments import load_comments
from .publication import load_publication
from .shows import load_shows

# A row in any of these is somebody's own content.
CONTENT = (Publication, Show, Network, Company, Genre, Person, Article, Author, Category, Tag, Image, Page)
COUNTED = (Show, Season, Decision, Rating, ChartEntry, Article, Image, Comment, Page)


def has_content():
    """Whether anything was written here already, by somebody or by an earlier loading."""
    return any(model.objects.exists() for model in CONTENT)


@transaction.atomic
def load(now=None):
    """Write the whole sample, or nothing; returns how many rows there are of each kind.

    Dates that are relative (`3 days ago`) count from `now`.
    """
    now = now or timezone.now()
    load_publication()
    shows = load_shows()
    articles = load_articles(shows, now)
    load_comments(articles, now)
    refresh_runs()
    refresh_waits()
    return {str(model._meta.verbose_name_plural): model.objects.count() for model in COUNTED}
