"""Facts about entries, looked up in files and web sources, matched with care, kept with their origin."""
