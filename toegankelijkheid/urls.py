"""Accessibility of public space: what everybody reads, and what staff screens."""

from django.urls import path

from .views import bevindingen, campagnes, meten, normen, objecten, openbaar, zones

app_name = "toegankelijkheid"
urlpatterns = [
    path("toegankelijk/", openbaar.overview, name="overview"),
    path("toegankelijk/zones.json", openbaar.outlines, name="zone_outlines"),
    path("toegankelijk/zones/<slug:slug>/", openbaar.zone, name="zone"),
    path("toegankelijk/zones/<slug:slug>/omtrek.json", openbaar.zone_outline, name="zone_outline"),
    path("toegankelijk/normen/", openbaar.norms, name="norms"),
    path("toegankelijk/normen/<slug:code>/", openbaar.norm, name="norm"),
    path("werk/screening/", campagnes.start, name="start"),
    path("werk/screening/sw.js", meten.service_worker, name="service_worker"),
    path("werk/screening/campagnes/nieuw/", campagnes.edit, name="campaign_new"),
    path("werk/screening/campagnes/<int:pk>/", campagnes.campaign, name="campaign"),
    path("werk/screening/campagnes/<int:pk>/bewerk/", campagnes.edit, name="campaign_edit"),
    path("werk/screening/campagnes/<int:pk>/stap/<str:naar>/", campagnes.step, name="campaign_step"),
    path("werk/screening/objecten/", objecten.object_list, name="objects"),
    path("werk/screening/objecten/punten.geojson", objecten.points, name="points"),
    path("werk/screening/objecten/nieuw/<str:onderwerp>/", objecten.add, name="object_new"),
    path("werk/screening/objecten/<int:pk>/", objecten.detail, name="object"),
    path("werk/screening/objecten/<int:pk>/punt.geojson", objecten.point, name="point"),
    path("werk/screening/objecten/<int:pk>/bewerk/", objecten.edit, name="object_edit"),
    path("werk/screening/objecten/<int:pk>/meet/", meten.measure, name="measure"),
    path("werk/screening/objecten/<int:pk>/foto/<int:foto>/<str:maat>/", objecten.photo, name="photo"),
    path("werk/screening/meet/<str:onderwerp>/", meten.measure_new, name="measure_new"),
    path("werk/screening/opnieuw/", objecten.due, name="due"),
    path("werk/screening/wachtrij/", meten.queue, name="queue"),
    path("werk/screening/wachtrij/token/", meten.token, name="queue_token"),
    path("werk/screening/bevindingen/", bevindingen.finding_list, name="findings"),
    path("werk/screening/knelpunten/<int:pk>/", bevindingen.finding, name="finding"),
    path("werk/screening/voorbeelden/<int:pk>/", bevindingen.example, name="example"),
    path("werk/screening/<str:soort>/<int:pk>/openbaar/", bevindingen.publish, name="publish"),
    path("werk/screening/zones/", zones.zone_list, name="zones"),
    path("werk/screening/zones/nieuw/", zones.edit, name="zone_new"),
    path("werk/screening/zones/<int:pk>/", zones.detail, name="staff_zone"),
    path("werk/screening/zones/<int:pk>/bewerk/", zones.edit, name="zone_edit"),
    path("werk/screening/zones/<int:pk>/leid-af/", zones.derive, name="zone_derive"),
    path("werk/screening/zones/<int:pk>/deel/", zones.part, name="part_new"),
    path("werk/screening/zones/<int:pk>/deel/<int:deel>/", zones.part, name="part"),
    path("werk/screening/normen/", normen.recalculations, name="recalculations"),
    path("werk/screening/normen/<int:pk>/", normen.recalculation, name="recalculation"),
    path("werk/screening/papier/<str:onderwerp>/", normen.paper, name="paper"),
]
