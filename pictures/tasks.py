"""What is made of a picture in the background, after it was stored."""

from django.core.files.storage import default_storage
from django.tasks import task


@task
def make_renditions(name):
    """Make the sizes that readers get of an original; nothing where it has gone, or has them."""
    # Imported here: it loads Pillow, and whoever only asks for the task needs none.
    from pictures import making

    making.make_renditions(default_storage, name)
