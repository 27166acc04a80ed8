"""The one way for a picture into the site: a form field and a model field that store only clean pictures."""

from django import forms
from django.core import checks
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import signals
from django.db.models.fields.files import ImageFieldFile
from django.utils.translation import gettext_lazy as _

from pictures.renditions import ORIGINALS, rendition_url, rendition_widths
from pictures.storing import store_once


class CleanFile(ContentFile):
    """Bytes that came out of `clean_picture`; its class is how a `PictureField` knows them."""

    def __init__(self, content, name, tint=None):
        super().__init__(content, name=name)
        self.tint = tint


def cleaned(file):
    """The picture in an open file as a `CleanFile`; ValidationError where it is none."""
    # Imported here: it loads Pillow, which pages that only name pictures do without.
    from pictures.uploads import clean_picture

    return clean_picture(file).content


class PictureFormField(forms.FileField):
    """An upload that becomes a clean picture or an error beside the field."""

    def to_python(self, data):
        file = super().to_python(data)
        return file and cleaned(file)

    def widget_attrs(self, widget):
        # Without HEIC in this list an iPhone turns its photographs into JPEG before it sends them.
        accept = {"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}
        return super().widget_attrs(widget) | (accept if isinstance(widget, forms.FileInput) else {})


class PictureFieldFile(ImageFieldFile):
    """A stored picture; what is saved through it is cleaned first unless it is clean already."""

    @property
    def is_raw(self):
        """Assigned, but neither stored nor cleaned yet."""
        file = getattr(self, "_file", None)
        return not self._committed and file is not None and not isinstance(file, CleanFile)

    @property
    def dimensions(self):
        """Width and height in pixels from the model's columns: the file stays closed."""
        return getattr(self.instance, self.field.width_field), getattr(self.instance, self.field.height_field)

    @property
    def url(self):
        """The address of the largest JPEG rendition, since the original has none."""
        self._require_file()
        return rendition_url(self.name, rendition_widths(self.dimensions[0])[-1], "jpg")

    def save(self, name, content, save=True):
        """Store a picture under the name of its bytes; ValidationError where it is none.

        Its renditions are made in the background, or when somebody asks for one before.
        """
        # Imported here: the tasks' backend has models, which this field is part of.
        from pictures.tasks import make_renditions

        if not isinstance(content, CleanFile):
            content = cleaned(content)
        self.name = self.field.generate_filename(self.instance, content.name)
        store_once(self.storage, self.name, content)
        self._set_instance_attribute(self.name, content)
        if hasattr(self.instance, "tint"):
            self.instance.tint = content.tint
        self._committed = True
        make_renditions.enqueue(self.name)
        if save:
            self.instance.save()

    save.alters_data = True


class PictureField(models.ImageField):
    """An ImageField that keeps clean pictures as `originals/<20 hex digits of their SHA-256>.<extension>`.

    The same picture twice is one file. It needs width_field and height_field, so that no page opens a file.
    """

    attr_class = PictureFieldFile
    description = _("Picture")

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("upload_to", ORIGINALS)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if kwargs["upload_to"] == ORIGINALS:
            del kwargs["upload_to"]
        return name, path, args, kwargs

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_dimension_fields()]

    def _check_dimension_fields(self):
        if self.width_field and self.height_field:
            return []
        message = "A PictureField needs width_field and height_field, or every page would open the file."
        return [checks.Error(message, obj=self, id="pictures.E001")]

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract:
            signals.pre_save.connect(self._clean_before_save, sender=cls)

    def _clean_before_save(self, instance, raw, **kwargs):
        """Clean what code assigned, before the columns are read: the width may stand before the picture."""
        if not raw and self._is_raw_in(instance):
            setattr(instance, self.attname, cleaned(getattr(instance, self.attname).file))

    def _is_raw_in(self, instance):
        # A deferred column stays deferred: asking for it would cost a query.
        return self.attname in instance.__dict__ and getattr(instance, self.attname).is_raw

    def update_dimension_fields(self, instance, force=False, *args, **kwargs):
        """As in Django, but never from a file that is not clean: it would try all of Pillow's decoders."""
        if not self._is_raw_in(instance):
            super().update_dimension_fields(instance, force, *args, **kwargs)

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        return cleaned(value.file) if value and value.is_raw else value

    def formfield(self, **kwargs):
        # The uploaded file's name is not kept, so its length does not matter.
        return super().formfield(**{"form_class": PictureFormField, "max_length": None, **kwargs})
