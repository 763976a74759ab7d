"""The office's site: public portal and back office, on Django and Wagtail."""
