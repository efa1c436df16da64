"""The JSON interface, /api/v1/."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from ..api import publiek, staf
from ..api.basis import nothing

urlpatterns = [
    path("api/v1/openapi.yaml", SpectacularAPIView.as_view(), name="api_schema"),
    path(
        "api/v1/docs/",
        SpectacularSwaggerSplitView.as_view(url_name="meldingen:api_schema", template_name="api/documentatie.html"),
        name="api_docs",
    ),
    path("api/v1/categorieen/", publiek.Categorieen.as_view(), name="api_categories"),
    path("api/v1/meldingen/", publiek.Meldingen.as_view(), name="api_send"),
    path("api/v1/meldingen/<str:code>/", publiek.GevolgdeMelding.as_view(), name="api_follow"),
    path("api/v1/staf/meldingen/", staf.StafMeldingen.as_view(), name="api_staff_list"),
    path("api/v1/staf/meldingen/<int:nummer>/", staf.StafMelding.as_view(), name="api_staff_detail"),
    path("api/v1/staf/meldingen/<int:nummer>/start/", staf.start.as_view(), name="api_start"),
    path("api/v1/staf/meldingen/<int:nummer>/plan/", staf.plan.as_view(), name="api_plan"),
    path("api/v1/staf/meldingen/<int:nummer>/sluit/", staf.close.as_view(), name="api_close"),
    path("api/v1/staf/meldingen/<int:nummer>/wijs-toe/", staf.assign.as_view(), name="api_assign"),
    path("api/v1/staf/meldingen/<int:nummer>/notitie/", staf.note.as_view(), name="api_note"),
    path("api/<path:rest>", nothing, name="api_nothing"),
]
