"""Where photos lie: outside every public folder, readable for the portal alone."""

from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.deconstruct import deconstructible


@deconstructible
class PrivateStorage(FileSystemStorage):
    """Files without an address: they reach a browser only through a view that asks who may see them."""

    def __init__(self, location: str | None = None) -> None:
        super().__init__(
            location=location,
            file_permissions_mode=0o600,
            directory_permissions_mode=0o700,
            allow_overwrite=True,  # making the same photo again replaces it
        )

    def url(self, name: str | None) -> str:
        raise ValueError("a photo has no address of its own; serve it with kern.beelden.views.respond")


def private_storage() -> Storage:
    """The storage `beelden` of the settings; a callable, so that migrations hold no folder."""
    return storages["beelden"]
