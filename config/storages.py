"""Where files are kept: pictures on a disk or in an S3-compatible store, static files under hashed names."""

import re
from urllib.parse import urlsplit

from config.environment import WrongValue, one_of, refuse

BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


def storages(env, is_debug):
    """Django's STORAGES. A store's library is only named here, and loaded where it is used."""
    in_bucket = env.parsed("MEDIA_STORAGE", one_of("disk", "s3"), "disk") == "s3"
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    static = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
        if is_debug
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    )
    return {"default": bucket(env) if in_bucket else disk, "staticfiles": {"BACKEND": static}}


def bucket(env):
    """The bucket that the S3_… settings name; without keys the machine's own role lets it in."""
    options = {
        "bucket_name": env.parsed("S3_BUCKET", bucket_name, ""),
        "endpoint_url": env.parsed("S3_ENDPOINT_URL", store_address, ""),
        "region_name": env.str("S3_REGION", "") or None,
        "addressing_style": "path" if env.bool("S3_PATH_STYLE", False) else "auto",
        "access_key": env.str("S3_ACCESS_KEY_ID", "") or None,
        "secret_key": env.str("S3_SECRET_ACCESS_KEY", "") or None,
    }
    if bool(options["access_key"]) != bool(options["secret_key"]):
        refuse("S3_SECRET_ACCESS_KEY", "it belongs to S3_ACCESS_KEY_ID: give both, or neither.")
    return {"BACKEND": "pictures.bucket.BucketStorage", "OPTIONS": options}


def bucket_name(value):
    if not BUCKET.fullmatch(value):
        raise WrongValue("with MEDIA_STORAGE=s3 it must be the name of a bucket, such as news-pictures.")
    return value


def store_address(value):
    """The address of a store that is not Amazon's, such as https://s3.example.org; None for Amazon's."""
    return plain_address(value) if value else None


def media_address(value):
    """Where readers get pictures: /media/, or an address on another host with a slash at its end."""
    if value in {"/media/", "/media"}:
        return "/media/"
    return f"{plain_address(value)}/"


def plain_address(value):
    """An http(s) address without a name, password, query or slash at its end."""
    try:
        parts = urlsplit(value)
        is_whole = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or "@" in parts.netloc or re.search(r"[?#;,'\"\s]", value):
        raise WrongValue("it must be an address such as https://media.example.org.")
    return value.rstrip("/")


def pictures_from(media_url):
    """What a policy must add where pictures come from another host."""
    parts = urlsplit(media_url)
    return {"img-src": [f"{parts.scheme}://{parts.netloc}"]} if parts.netloc else {}
