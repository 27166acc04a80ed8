"""The picture library."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pictures.fields import PictureField


def focus(label):
    """A focal coordinate: percent of the width from the left, or of the height from the top."""
    return models.PositiveSmallIntegerField(
        label, default=50, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )


class Image(models.Model):
    """One picture with what readers are told of it; replacing a picture makes a new one."""

    file = PictureField(_("picture"), width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt_text = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("It adds nothing that the text does not say: no text needed."),
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(
        _("credit"), max_length=150, blank=True, help_text=_("Who made it, and the licence.")
    )
    # The colour that stands in its place until it has come: see pictures/tints.py.
    tint = models.PositiveSmallIntegerField(null=True, editable=False)
    focal_x = focus(_("focal point, % from the left"))
    focal_y = focus(_("focal point, % from the top"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal_x__lte=100, focal_y__lte=100), name="image_focal_point_is_inside"
            )
        ]

    def __str__(self):
        return self.caption or self.alt_text or self.file.name.rsplit("/", 1)[-1]

    @property
    def alt(self):
        """The text for `alt`: empty for a decorative picture."""
        return "" if self.is_decorative else self.alt_text
