"""Static files as they are served in earnest: compressed, named by their content, cached for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Also renames what our modules import, so that an old copy of one never meets a new one of another."""

    support_js_module_import_aggregation = True
