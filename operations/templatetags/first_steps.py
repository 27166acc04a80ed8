from django import template

from operations.first_steps import is_mail_only_printed, steps_for
from operations.first_steps_views import HIDDEN

register = template.Library()


@register.inclusion_tag("operations/_first_steps.html", takes_context=True)
def first_steps(context):
    """The list of what a new site still needs, for its owner; nothing once all is done."""
    request = context["request"]
    steps = steps_for(request.user)
    done = sum(step.is_done for step in steps)
    return {
        "steps": steps if done < len(steps) else [],
        "done": done,
        "is_hidden": request.COOKIES.get(HIDDEN) == "hidden",
        "may_test_mail": bool(request.user.email) and not is_mail_only_printed(),
        "csrf_token": context.get("csrf_token"),
    }
