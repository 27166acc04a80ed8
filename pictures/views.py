import hashlib
import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

CONTENT_TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
RENDITION = re.compile(r"renditions/[0-9a-f]{20}/[1-9][0-9]{0,3}\.(webp|jpg)", re.ASCII)
HEADERS = {
    # A name says what is in the file, so the bytes behind an address never change.
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def media(request, path):
    """A rendition in one bytes body, since one slow reader of a stream would stop a worker; else 404."""
    match = RENDITION.fullmatch(path)
    if not match:
        raise Http404
    body = _stored(path)
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:20])
    response = HttpResponse(body, content_type=CONTENT_TYPES[match[1]], headers={**HEADERS, "ETag": etag})
    return get_conditional_response(request, etag=etag, response=response)


def _stored(name):
    try:
        with default_storage.open(name) as file:
            return file.read()
    except FileNotFoundError as error:
        raise Http404 from error
