from django.urls import path

from . import views

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
    path("newsroom/edit-link/", views.edit_link, name="edit_link"),
]
