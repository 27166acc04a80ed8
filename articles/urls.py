from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from . import previews, views
from .internal_links import ARTICLE, ID, SHOW


class OwnKind(StringConverter):
    regex = f"{ARTICLE}|{SHOW}"


class OwnId(IntConverter):
    regex = ID


register_converter(OwnKind, "own_kind")
register_converter(OwnId, "own_id")

app_name = "articles"
urlpatterns = [
    path("", views.front, name="front"),
    path("articles/", views.archive, name="archive"),
    path("articles/<slug:slug>/", views.detail, name="detail"),
    path("categories/<slug:slug>/", views.category, name="category"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
    path("series/<slug:slug>/", views.series, name="series"),
    path("authors/<slug:slug>/", views.author, name="author"),
    path("pages/<slug:slug>/", views.page, name="page"),
    path("-/<own_kind:kind>/<own_id:pk>/", views.by_id, name="by_id"),
    path("preview/<str:token>/", previews.shared_preview, name="shared_preview"),
    path("newsroom/edit-link/", views.edit_link, name="edit_link"),
]
