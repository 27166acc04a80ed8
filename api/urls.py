from django.urls import include, path

from . import views

VERSION = "api/v1/"

app_name = "api"
urlpatterns = [
    path("api/", views.newest),
    path(
        VERSION,
        include(
            [
                path("", views.index, name="index"),
                path("openapi.json", views.description, name="description"),
                path("articles/", views.articles, name="articles"),
                path("articles/<slug:slug>/", views.article, name="article"),
                path("articles/<slug:slug>/comments/", views.comments, name="comments"),
                path("shows/", views.shows, name="shows"),
                path("shows/<slug:slug>/", views.show, name="show"),
                path("decisions/", views.decisions, name="decisions"),
            ]
        ),
    ),
]
