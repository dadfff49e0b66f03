"""Admins who look at the house through somebody else's eyes: django-hijack, kept on a short lead."""
