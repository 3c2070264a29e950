"""A package, so that what is loaded for all its tests is rolled back after the last of them."""
