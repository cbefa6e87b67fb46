"""Where the parts are put together: setting up a desk, the practice village."""
