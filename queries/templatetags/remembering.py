"""Parts of pages that are drawn once: `{% load remembering %}`."""

from django import template

from ..remembered import made_once

register = template.Library()


@register.tag
def remember(parser, token):
    """`{% remember key … %}…{% endremember %}`: what is inside, drawn once for the same keys.

    They must tell all that it shows. Where the first is empty nothing is remembered, nor while templates are
    worked on.
    """
    keys = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    if not keys:
        raise template.TemplateSyntaxError("“remember” needs what its part of the page depends on.")
    inside = parser.parse(["endremember"])
    parser.delete_first_token()
    return Part(keys, inside)


class Part(template.Node):
    child_nodelists = ("inside",)

    def __init__(self, keys, inside):
        self.keys, self.inside = keys, inside

    def render(self, context):
        values = [key.resolve(context) for key in self.keys]
        if not values[0]:
            return self.inside.render(context)
        name = (self, *(tuple(value) if isinstance(value, list) else value for value in values))
        return made_once(name, lambda: self.inside.render(context))
