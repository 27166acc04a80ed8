"""The comment form that everybody knows, through crispy-forms."""

from functools import cache
from types import SimpleNamespace

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import formats
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from .judgement.submission import Submission
from .models import BODY_LIMIT, EMAIL_LIMIT, NAME_LIMIT, WEBSITE_LIMIT, Comment, CommentPolicy
from .text import is_visible, one_line, tidied
from .tokens import confirms, form_age
from .websites import clean_website


def at_most(limit):
    """A validator that refuses longer text and says by how much; it counts what would be stored."""

    def validate(text):
        if len(text) > limit:
            raise ValidationError(
                gettext("This has %(length)s characters; at most %(limit)s are possible. Nothing was cut."),
                code="too_long",
                params={"length": _grouped(len(text)), "limit": _grouped(limit)},
            )

    return validate


def _grouped(number):
    return formats.number_format(number, force_grouping=True)


def visible(text):
    """Refuse what is made of nothing but invisible characters."""
    if not is_visible(text):
        raise ValidationError(_("There is nothing to be seen in this."), code="invisible")


class TidiedMixin:
    """Text is tidied before it is counted. Browsers get no `maxlength`: it cuts silently what is pasted."""

    tidy = staticmethod(one_line)

    def to_python(self, value):
        return super().to_python(self.tidy(value) if value else value)


class TidiedField(TidiedMixin, forms.CharField):
    """A text field of one line, or of many with `tidy=tidied`."""

    def __init__(self, *, tidy=one_line, **kwargs):
        super().__init__(**kwargs)
        self.tidy = tidy


class TidiedEmailField(TidiedMixin, forms.EmailField):
    """An e-mail address. Django's own limit of 320 goes: ours counts and says what it counted."""

    def __init__(self, **kwargs):
        super().__init__(max_length=None, **kwargs)


class CommentForm(forms.Form):
    """What a reader sends: `parent` is the approved comment of this article that they answer, if any.

    `subject` is a trap, which readers do not see; `form_token` and `confirmation` are for the page's script.
    """

    comment = TidiedField(
        label=_("Comment"),
        tidy=tidied,
        validators=[visible, at_most(BODY_LIMIT)],
        widget=forms.Textarea(attrs={"rows": 8, "cols": 45}),
        error_messages={"required": _("Please write a comment.")},
    )
    name = TidiedField(
        label=_("Name"),
        validators=[visible, at_most(NAME_LIMIT)],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please say what to call you.")},
    )
    email = TidiedEmailField(
        label=_("Email"),
        validators=[at_most(EMAIL_LIMIT)],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Please give your email address.")},
    )
    website = TidiedField(
        label=_("Website"),
        required=False,
        validators=[at_most(WEBSITE_LIMIT)],
        # Of type "url" browsers would refuse "example.org", which is what people write.
        widget=forms.TextInput(attrs={"autocomplete": "url", "inputmode": "url"}),
    )
    remember = forms.BooleanField(
        label=_("Save my name, email, and website in this browser for the next time I comment."),
        required=False,
    )
    notify = forms.BooleanField(label=_("Notify me of replies by email."), required=False)
    subject = TidiedField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form_token = TidiedField(required=False, widget=forms.HiddenInput)
    confirmation = TidiedField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, article=None, policy=None, **kwargs):
        super().__init__(*args, auto_id="respond-%s", **kwargs)
        self.article = article
        self.policy = policy or CommentPolicy.current()
        for name in ("name", "email"):
            self.fields[name].required = self.policy.name_and_email_required
        if not self.policy.offer_reply_mails:
            del self.fields["notify"]

    @property
    def helper(self):
        helper = FormHelper()
        helper.disable_csrf = True
        helper.form_action = reverse("comments:post", args=[self.article.slug])
        helper.form_class = "comment-form"
        # The script makes a button of it: without one, readers type the bars.
        helper.attrs = {"data-spoiler": _("Hide the selected words as a spoiler")}
        helper.layout = Layout(
            "comment",
            Div("name", "email", "website", css_class="three"),
            "remember",
            *(["notify"] if "notify" in self.fields else []),
            Div("subject", css_class="trap"),
            "parent",
            "form_token",
            "confirmation",
            Submit("", _("Post Comment")),
        )
        return helper

    def clean_website(self):
        website = clean_website(self.cleaned_data["website"])
        at_most(WEBSITE_LIMIT)(website)
        return website

    def clean_notify(self):
        if self.cleaned_data["notify"] and not self.data.get("email", "").strip():
            raise ValidationError(_("To be told of replies, please give your email address."))
        return self.cleaned_data["notify"]

    def clean_parent(self):
        pk = self.cleaned_data["parent"]
        if pk is None:
            return None
        answered = Comment.objects.approved().filter(pk=pk).only("article", "thread", "depth", "name")
        for parent in answered.order_by():
            if parent.article_id == self.article.pk:
                return parent
        self.forget_parent()
        raise ValidationError(
            _(
                "The comment that you answer is no longer there. "
                "If you post yours again, it stands on its own."
            ),
            code="no_parent",
        )

    def forget_parent(self):
        """So that posting the form once more does not run into the same error."""
        self.data = self.data.copy()
        self.data["parent"] = ""

    def submission(self, network):
        """What a valid form sent from this Network comes to, for judgement; nothing is stored yet."""
        data = self.cleaned_data
        comment = Comment(
            article=self.article,
            parent=data["parent"],
            name=data["name"],
            email=data["email"],
            website=data["website"],
            body=data["comment"],
            is_confirmed=confirms(data["confirmation"], data["email"].casefold()),
        )
        return Submission(
            comment,
            self.policy,
            network,
            trap=data["subject"],
            age=form_age(data["form_token"]),
            wants_mails=data.get("notify", False),
        )


def blank_form_html(article, policy=None):
    """The empty form below an article as HTML.

    It is the same for every article but for the address that it posts to, and rendering it takes longer
    than a dozen comments; so it is rendered once a language, and once for each form that a policy makes.
    """
    policy = policy or CommentPolicy.current()
    render = _form_html if not settings.DEBUG else _form_html.__wrapped__
    html = render(get_language(), policy.name_and_email_required, policy.offer_reply_mails)
    address = reverse("comments:post", args=[article.slug])
    return mark_safe(html.replace(_anywhere(), address))  # noqa: S308


@cache
def _form_html(language, name_and_email_required, offer_reply_mails):
    policy = CommentPolicy(
        name_and_email_required=name_and_email_required, offer_reply_mails=offer_reply_mails
    )
    return render_crispy_form(CommentForm(article=SimpleNamespace(slug="-"), policy=policy))


def _anywhere():
    return reverse("comments:post", args=["-"])
