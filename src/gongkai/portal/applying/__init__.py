"""Applications for information as the public meets them."""
