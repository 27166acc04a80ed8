from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views
from .tables import TABLES, VERSION


class Name(StringConverter):
    regex = "|".join(TABLES)


class Format(StringConverter):
    regex = "csv|json"


register_converter(Name, "dataset")
register_converter(Format, "data_format")

app_name = "datasets"
urlpatterns = [
    path("data/", views.index, name="index"),
    path(f"data/v{VERSION}/datapackage.json", views.description, name="description"),
    path(f"data/v{VERSION}/<dataset:name>.<data_format:kind>", views.file, name="file"),
]
