from django.urls import include, path

from articles.newsroom import NewsroomAddresses

urlpatterns = [
    path("media/", include("pictures.urls")),
    path("admin/password_reset/", include("operations.password_reset")),
    path("admin/second-factor/", include("logins.urls")),
    path("admin/invitations/", include("logins.invitation_views")),
    path("admin/first-steps/", include("operations.first_steps_views")),
    NewsroomAddresses("admin/"),
    # What readers ask for most comes first: of each address the resolver tries one after the other.
    path("", include("articles.urls")),
    path("", include("comments.urls")),
    path("", include("shows.urls")),
    path("", include("tracker.urls")),
    path("", include("syndication.urls")),
    path("", include("search.urls")),
    path("", include("follows.urls")),
    path("", include("comparing.urls")),
    path("", include("datasets.urls")),
    path("", include("api.urls")),
    path("", include("operations.urls")),
]

handler404 = "search.missing.not_found"
