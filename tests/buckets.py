"""A bucket for tests: moto stands in for the store, inside the process."""

from contextlib import contextmanager

OPTIONS = {
    "bucket_name": "news",
    "endpoint_url": None,
    "region_name": "us-east-1",
    "addressing_style": "path",
    "access_key": "test",
    "secret_key": "test",
}


@contextmanager
def in_a_bucket(settings):
    """The site's pictures lie in an empty bucket; gives boto3's own view of it."""
    # Loaded where it is used: boto takes a second.
    import boto3
    from moto import mock_aws

    with mock_aws():
        store = boto3.resource("s3", region_name="us-east-1").create_bucket(Bucket="news")
        own = {"BACKEND": "pictures.bucket.BucketStorage", "OPTIONS": OPTIONS}
        settings.STORAGES = settings.STORAGES | {"default": own}
        yield store


def names(store):
    return sorted(entry.key for entry in store.objects.all())
