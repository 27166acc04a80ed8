"""Pictures in an S3-compatible store, for sites on several machines. Loaded only where MEDIA_STORAGE is s3.

A page asks the store for nothing: addresses are made of MEDIA_URL and a name. What it is asked for it
answers within seconds or `StoreAway` is raised, because a request that waits holds up a worker.
"""

from functools import wraps
from io import BytesIO

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from pictures.renditions import CONTENT_TYPES, FOR_EVER
from pictures.storing import StoreAway

# Of a store in the same network; boto's own patience is a minute, five times over.
SECONDS_TO_CONNECT, SECONDS_TO_ANSWER, TRIES = 3, 10, 2
# The first is all that a HEAD can say; that there is no such bucket is another matter.
NOT_THERE = ("404", "NoSuchKey")
# Public, and named by what is in them. Everything else is nobody's to keep.
NAMED_BY_CONTENT = ("renditions/", "social/")


def in_our_terms(method):
    """A method whose errors are those of a disk: FileNotFoundError, else an OSError."""

    @wraps(method)
    def translated(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except ClientError as error:
            if error.response["Error"]["Code"] in NOT_THERE:
                raise FileNotFoundError(f"There is no such file in the store: {args[0]}") from error
            raise StoreAway(f"The store of pictures refused: {error}") from error
        except (BotoCoreError, Boto3Error) as error:
            raise StoreAway(f"The store of pictures does not answer: {error}") from error

    return translated


class BucketStorage(S3Storage):
    """A bucket whose files are written once, whole, and read whole."""

    def __init__(self, *, addressing_style="auto", **options):
        client = Config(
            s3={"addressing_style": addressing_style},
            signature_version="s3v4",
            connect_timeout=SECONDS_TO_CONNECT,
            read_timeout=SECONDS_TO_ANSWER,
            retries={"total_max_attempts": TRIES, "mode": "standard"},
            # Many stores that speak S3 do not know boto's newer check sums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        transfer = TransferConfig(use_threads=False)
        super().__init__(client_config=client, transfer_config=transfer, file_overwrite=True, **options)

    def url(self, name, **options):
        """The public address, of which a CDN or a proxy knows where it comes from: nothing is signed."""
        return settings.MEDIA_URL + filepath_to_uri(clean_name(name))

    def get_object_parameters(self, name):
        kept = FOR_EVER if name.startswith(NAMED_BY_CONTENT) else "private, no-store"
        known = CONTENT_TYPES.get(name.rpartition(".")[2])
        return {"CacheControl": kept} | ({"ContentType": known} if known else {})

    @in_our_terms
    def _open(self, name, mode="rb"):
        """The file in memory, by one request: nothing of ours is larger than an upload may be."""
        if mode != "rb":
            raise ValueError("Files in the store are read as bytes, and written whole by save().")
        stored = self.bucket.Object(self._normalize_name(clean_name(name))).get()
        return File(BytesIO(stored["Body"].read()), name)

    _save = in_our_terms(S3Storage._save)
    delete = in_our_terms(S3Storage.delete)
    exists = in_our_terms(S3Storage.exists)
    listdir = in_our_terms(S3Storage.listdir)
    size = in_our_terms(S3Storage.size)
    get_modified_time = in_our_terms(S3Storage.get_modified_time)
