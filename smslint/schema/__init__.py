"""The schemas: what a site's settings are, whatever they were read from."""
