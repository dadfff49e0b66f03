"""The admin's first page: counts, the last week's demos, and a search by code, address or name."""
