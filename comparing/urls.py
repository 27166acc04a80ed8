from django.urls import path

from . import views

app_name = "comparing"
urlpatterns = [path("compare/", views.compare, name="compare")]
