"""Official documents (公文): their numbers and forms."""
