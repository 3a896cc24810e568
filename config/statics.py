"""Addresses of static files: hashed and compressed, and each worked out once per process."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_NAMED = '%(word)s "%(url)s"'


class RememberedStatics(CompressedManifestStaticFilesStorage):
    """The manifest does not change while a process lives; a page names some forty files.

    Modules import each other by hashed names, too, so that a page never mixes two releases.
    """

    # Django's own switch for this would read the modules of every app, and one has a broken name.
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "js/*.js",
            ((r'(?m)(?P<matched>(?P<word>\bfrom|^import) "(?P<url>\.[^"]+\.js)")', _NAMED),),
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001, FBT002  Django's own
        """The address of a static file by its plain name."""
        if name not in self._known:
            self._known[name] = super().url(name, force)
        return self._known[name]
