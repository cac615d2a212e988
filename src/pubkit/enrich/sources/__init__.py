"""Web services as sources, one file each; `pubkit.registry` has their names.

Each asks its service as that documents it, and has the answer read by the reader of the format that it is in.
"""
