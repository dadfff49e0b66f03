"""What the queue is narrowed to: one `Query` with three faces, a text, a form of controls, and an address."""
