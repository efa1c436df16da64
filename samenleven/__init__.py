"""Samenleven: De Genks and 100% Genks, from a conversation to a recommendation that is carried out."""
