"""Service guides (办事指南): versions of typed elements, reviewed by a second person before the public sees them."""
