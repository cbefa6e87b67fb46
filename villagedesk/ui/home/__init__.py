"""The first page of an open desk."""
