from datetime import date

from django.urls import path, register_converter

from shows import calendars, chart_views, network_views, views
from shows.models.chart import GLOBAL

app_name = "shows"


class Day:
    """A day of our time as an address has it: 2022-10-02."""

    regex = r"(?:19|20|21)\d\d-\d\d-\d\d"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return str(value)


class Country:
    """A country's two-letter code, small in addresses; as capitals in code."""

    regex = "[a-z]{2}"

    def to_python(self, value):
        return value.upper()

    def to_url(self, value):
        return str(value).lower()


register_converter(Day, "day")
register_converter(Country, "country")

urlpatterns = [
    path("shows/", views.show_list, name="list"),
    path("shows/<slug:slug>/", views.show_detail, name="detail"),
    path("shows/<slug:slug>/calendar.ics", calendars.of_show, name="calendar_show"),
    path("calendar.ics", calendars.of_site, name="calendar"),
    path("networks/", network_views.network_list, name="networks"),
    path("networks/<slug:slug>/calendar.ics", calendars.of_network, name="calendar_network"),
    path("networks/<slug:slug>/", network_views.network_detail, name="network"),
    path("people/<slug:slug>/", network_views.person_detail, name="person"),
    path("top10/", chart_views.newest, name="top10"),
    path("top10/all-time/", chart_views.all_time, name="top10_all_time"),
    path("top10/<day:day>/", chart_views.of_week, {"country": GLOBAL}, name="top10_week"),
    path("top10/<day:day>/<country:country>/", chart_views.of_week, name="top10_country"),
]
