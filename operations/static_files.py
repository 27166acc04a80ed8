"""Styles, scripts and icons as WhiteNoise serves them, each looked at when it is first asked for."""

from whitenoise.base import scantree
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise, which works out a file's headers when the file is first asked for.

    There are four hundred, the newsroom's pages among them; a process that serves readers is asked for ten.
    """

    def __init__(self, *args, **kwargs):
        self.stats, self.paths = {}, {}
        super().__init__(*args, **kwargs)

    def update_files_dictionary(self, root, prefix):
        """Note what there is: by address the path, by path what the file system says of it."""
        found = dict(scantree(root))
        self.stats |= found
        self.paths |= {prefix + path.removeprefix(root): path for path in found}

    def __call__(self, request):
        url = request.path_info
        if url not in self.files and (path := self.paths.get(url)):
            self.add_file_to_dictionary(url, path, self.stats)
        return super().__call__(request)
