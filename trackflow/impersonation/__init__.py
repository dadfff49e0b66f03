"""Admins acting as other users: django-hijack with limits on whom, what and how long, and a record."""
