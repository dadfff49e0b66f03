"""The queue's filter: a `Query`, written as text, as a form of controls, or as a URL."""
