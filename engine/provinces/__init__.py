"""The installed provinces: finding their plugins, loading one, calling its hooks one at a time."""
