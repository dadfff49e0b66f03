"""The pages of intakes and questions."""
