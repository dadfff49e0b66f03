"""Where a label sets up what it asks for: intakes with their rules, and questions."""
