"""Static files as they are served in earnest: compressed, named by their content, cached for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Also renames what our modules import, so that an old copy of one never meets a new one of another.

    Only ours: packages bring scripts that import from nowhere, for a bundler to find.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )
