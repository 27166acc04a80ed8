import hashlib

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from pictures import crops, renditions
from pictures.renditions import CONTENT_TYPES, FOR_EVER

HEADERS = {
    "Cache-Control": FOR_EVER,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def media(request, path):
    """A rendition or a crop, made now if nobody has had it yet; else 404.

    It is one bytes body, since one slow reader of a stream would stop a worker.
    """
    if not (renditions.NAME.fullmatch(path) or crops.NAME.fullmatch(path)):
        raise Http404
    body = _stored(path)
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:20])
    response = HttpResponse(
        body, content_type=CONTENT_TYPES[path.rpartition(".")[2]], headers={**HEADERS, "ETag": etag}
    )
    return get_conditional_response(request, etag=etag, response=response)


def _stored(name):
    body = _read(name)
    if body is not None:
        return body
    # Imported here: it loads Pillow, which a picture that is there already does without.
    from pictures.making import make

    body = _read(name) if make(default_storage, name) else None
    if body is None:
        raise Http404
    return body


def _read(name):
    try:
        with default_storage.open(name) as file:
            return file.read()
    except FileNotFoundError:
        return None
