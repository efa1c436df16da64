"""Reading the demo's mails. Everyone may: the demo holds no real people."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from .models import PostvakMail

PER_PAGE = 25
# A mail brings its own style and nothing else: no script, no picture from elsewhere, no form.
MAIL_POLICY = {
    "default-src": [NONE],
    "script-src": [NONE],
    "form-action": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["data:"],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-top-navigation-by-user-activation"],
}


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    zoek = request.GET.get("aan", "")
    mails = PostvakMail.objects.to(zoek).defer("html", "tekst", "kopteksten")
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "postvak/lijst.html", {"pagina": page, "zoek": zoek})


@require_safe
@csp_update({"frame-src": [SELF]})
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "postvak/mail.html", {"mail": get_object_or_404(PostvakMail, pk=pk)})


@require_safe
@xframe_options_sameorigin
@csp_replace(MAIL_POLICY)
def formatted(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail's own HTML, shown in a frame that may do nothing."""
    return HttpResponse(get_object_or_404(PostvakMail, pk=pk).html)
