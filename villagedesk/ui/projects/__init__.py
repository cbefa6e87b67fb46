"""The page of projects: the list, a project's record, and the forms about it."""
