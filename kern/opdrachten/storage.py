"""Where the files of jobs lie: outside every public folder, readable for the portal alone."""

from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.deconstruct import deconstructible


@deconstructible
class FileStorage(FileSystemStorage):
    """Files without an address: they reach a browser only through the view that asks whose they are."""

    def __init__(self, location: str | None = None) -> None:
        super().__init__(location=location, file_permissions_mode=0o600, directory_permissions_mode=0o700)

    def url(self, name: str | None) -> str:
        raise ValueError("a file of a job has no address of its own")


def file_storage() -> Storage:
    """The storage `opdrachten` of the settings; a callable, so that migrations hold no folder."""
    return storages["opdrachten"]
