"""A label's offer templates: saving and retiring."""

from labels.models import OfferTemplate
from labels.template_list import TemplateList

MOST_TEMPLATES = 50
"""Active templates of a label."""

_templates = TemplateList(
    OfferTemplate,
    fields=("name", "terms", "text"),
    most=MOST_TEMPLATES,
    taken="Your label already has an offer template with this name.",
    full=f"A label can have at most {MOST_TEMPLATES} offer templates. Retire one first.",
)
stamp_of, save, retire = _templates.stamp_of, _templates.save, _templates.retire
