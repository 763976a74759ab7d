"""The public read-only interface for programs: JSON under `/api/v1/`, described by OpenAPI."""
