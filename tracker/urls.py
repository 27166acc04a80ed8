from django.urls import path

from . import forecast_views, views

app_name = "tracker"
urlpatterns = [
    path("tracker/", views.board, name="board"),
    path("tracker/shows.json", views.json, name="json"),
    path("tracker/shows.csv", views.table, name="csv"),
    path("forecasts/", forecast_views.forecasts, name="forecasts"),
]
