"""Whose session it is, and in the same query whether a second factor belongs to the login."""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef

from .devices import phones


class LoginBackend(ModelBackend):
    def get_user(self, user_id):
        """The person, with `has_phone`, or None: Django's own asks on every page, and we would ask again."""
        people = get_user_model()._default_manager.annotate(has_phone=Exists(phones(OuterRef("pk"))))
        person = people.filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
