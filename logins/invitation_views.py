"""The page of invitations: invite somebody, see who has not come yet, send again, withdraw."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from . import invitations

MOST = 100


class InvitationForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(label=_("Email address"), max_length=254)
    group = forms.ModelChoiceField(
        queryset=None, label=_("What they will do"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, data=None, *, by):
        super().__init__(data)
        self.fields["group"].queryset = invitations.groups_to_give(by)

    def clean_email(self):
        email = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Somebody with this address has a login already."))
        return email


def for_whom_may_invite(view):
    def checked(request, *args, **kwargs):
        if not request.user.has_perm("auth.add_user"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return admin.site.admin_view(checked)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_list(request):
    form = InvitationForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid() and invited(request, form):
        return redirect("invitations:list")
    people = list(invitations.open_invitations().prefetch_related("groups")[:MOST])
    context = {
        "title": gettext("Invitations"),
        "form": form,
        "people": invitations.with_mail(people),
    }
    return TemplateResponse(request, "logins/invitations.html", admin.site.each_context(request) | context)


def invited(request, form):
    """Invite as the form says; False, with a sentence, where somebody else took the user name just then."""
    try:
        person = invitations.invite(request, **form.cleaned_data)
    except IntegrityError:
        form.add_error("name", gettext("Somebody with this name was invited just now. Press again."))
        return False
    messages.success(request, gettext("An invitation is on its way to %s.") % person.get_full_name())
    return True


@require_POST
def send_again(request, pk):
    person = get_object_or_404(invitations.open_invitations(), pk=pk)
    invitations.send(request, person)
    messages.success(request, gettext("An invitation is on its way to %s.") % person.get_full_name())
    return redirect("invitations:list")


@require_POST
def withdraw(request, pk):
    person = get_object_or_404(User, pk=pk)
    if invitations.withdraw(person, request.user):
        messages.success(request, gettext("Withdrawn: the link works no more, and the login is gone."))
    else:
        messages.warning(request, gettext("Too late: they have come. Their login is in the list of users."))
    return redirect("invitations:list")


app_name = "invitations"
urlpatterns = [
    path("", for_whom_may_invite(invitation_list), name="list"),
    path("<int:pk>/send/", for_whom_may_invite(send_again), name="send"),
    path("<int:pk>/withdraw/", for_whom_may_invite(withdraw), name="withdraw"),
]
