from django.urls import path

from . import views

app_name = "follows"
urlpatterns = [
    path("shows/<slug:slug>/follow/", views.follow_show, name="follow"),
    path("follows/confirm/<str:token>/", views.confirm_follow, name="confirm"),
    path("follows/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
