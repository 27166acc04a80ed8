from django.urls import path

from . import views

app_name = "second_factor"
urlpatterns = [
    path("", views.state, name="state"),
    path("check/", views.check_code, name="check"),
    path("check/recovery/", views.check_recovery_code, name="check_recovery"),
    path("set-up/", views.set_up, name="set_up"),
    path("recovery-codes/", views.new_codes, name="new_codes"),
    path("turn-off/", views.turn_off, name="turn_off"),
]
