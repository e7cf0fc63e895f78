"""What may be published: small counts, names, and the wishes of those who are counted."""
