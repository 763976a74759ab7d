"""Who discloses: bodies, their staff and roles. Every other app builds on this one."""
