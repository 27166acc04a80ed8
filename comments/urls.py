from django.urls import path

from . import views

app_name = "comments"
urlpatterns = [
    path("articles/<slug:slug>/comments/", views.post_comment, name="post"),
    path("articles/<slug:slug>/comments/held/", views.held_comments, name="held_list"),
    path("articles/<slug:slug>/comments/held/<str:token>/", views.held_comment, name="held"),
    path("articles/<slug:slug>/comments/<int:pk>/", views.permalink, name="permalink"),
    path("articles/<slug:slug>/comments/<int:pk>/reply/", views.reply, name="reply"),
]
