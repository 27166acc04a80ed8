from django.urls import path

from pictures import views

app_name = "pictures"
urlpatterns = [path("<path:path>", views.media, name="media")]
