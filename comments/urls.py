from django.urls import path

from .views import own, posting, reading

app_name = "comments"
urlpatterns = [
    path("articles/<slug:slug>/comments/", posting.post_comment, name="post"),
    path("articles/<slug:slug>/comments/held/", own.held_comments, name="held_list"),
    path("articles/<slug:slug>/comments/held/<str:token>/", own.held_comment, name="held"),
    path("articles/<slug:slug>/comments/<int:pk>/", reading.permalink, name="permalink"),
    path("articles/<slug:slug>/comments/<int:pk>/reply/", reading.reply, name="reply"),
]
