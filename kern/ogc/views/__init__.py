"""The addresses of the service, each as JSON and as a page."""

from .bestanden import background, choose, download
from .dienst import api, collection, collections, conformance, landing, nothing
from .items import feature, items, places

__all__ = [
    "api",
    "background",
    "choose",
    "collection",
    "collections",
    "conformance",
    "download",
    "feature",
    "items",
    "landing",
    "nothing",
    "places",
]
