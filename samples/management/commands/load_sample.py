from django.core.management.base import BaseCommand

from samples.loading import has_content, load


class Command(BaseCommand):
    """Write the sample publication into an empty site; a site with content is left as it is."""

    help = "Load the sample publication, “Cold Open”, into an empty site."

    def handle(self, *, verbosity, **options):
        if has_content():
            self.say(verbosity, "This site has content already: nothing was loaded and nothing was changed.")
            return
        counts = load()
        self.say(verbosity, "Loaded " + ", ".join(f"{count} {name}" for name, count in counts.items()) + ".")

    def say(self, verbosity, text):
        if verbosity:
            self.stdout.write(text)
