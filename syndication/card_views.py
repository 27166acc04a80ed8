from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import Edition, Publication
from pictures.views import HEADERS
from shows.models import shows_with_status

from .cards import Card, forget, social_image


@require_safe
def card(request, edition, key):
    """The composed picture of a live version; from an older version, or another key, to the present picture.

    Whoever makes up keys is only sent on, so that none of them makes work.
    """
    article = get_object_or_404(Edition.objects.values_list("article", flat=True), pk=edition)
    live = get_object_or_404(Edition.objects.live().select_related("article"), article=article)
    show = shows_with_status().filter(pk=live.article.show_id).first()
    publication = Publication.current()
    present = Card.of(live, show, publication)
    if not present or (present.edition, present.key) != (edition, key):
        return _to_present(social_image(live, show, publication), request)
    body = present.stored()
    if not Edition.objects.filter(pk=edition, digest=live.digest).exists():
        # Something was taken down from it meanwhile: what was made of it goes as well.
        forget([article])
        raise Http404
    return HttpResponse(body, content_type="image/jpeg", headers=HEADERS)


def _to_present(image, request):
    if image is None or image.url.endswith(request.path):
        raise Http404
    return HttpResponseRedirect(image.url, headers={"Cache-Control": "max-age=300"})
