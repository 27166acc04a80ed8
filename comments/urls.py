from django.urls import path

from . import feeds
from .views import deciding, own, posting, privacy, reading, reports, subscriptions

app_name = "comments"
urlpatterns = [
    path("articles/<slug:slug>/comments/", posting.post_comment, name="post"),
    path("articles/<slug:slug>/comments/token/", posting.token, name="token"),
    path("articles/<slug:slug>/comments/held/", own.held_comments, name="held_list"),
    path("articles/<slug:slug>/comments/held/<str:token>/", own.held_comment, name="held"),
    path("articles/<slug:slug>/comments/own/<str:token>/", own.own_comment, name="own"),
    path("articles/<slug:slug>/comments/<int:pk>/report/", reports.report_comment, name="report"),
    path("comments/confirm/<str:token>/", subscriptions.confirm_address, name="confirm"),
    path("comments/decide/<str:token>/", deciding.decide, name="decide"),
    path("comments/unsubscribe/<str:token>/", subscriptions.unsubscribe, name="unsubscribe"),
    path("comments/your-data/", privacy.your_data, name="your_data"),
    path("comments/your-data/<str:token>/", privacy.your_data_of, name="your_data_of"),
    path("articles/<slug:slug>/comments/<int:pk>/", reading.permalink, name="permalink"),
    path("articles/<slug:slug>/comments/<int:pk>/reply/", reading.reply, name="reply"),
    path("articles/<slug:slug>/comments/<int:pk>/thread/", reading.thread_page, name="thread"),
    path("articles/<slug:slug>/comments/feed/", feeds.article_feed, name="feed"),
    path("comments/feed/", feeds.site_feed, name="site_feed"),
]
