"""Programs that pubkit is measured against."""
