"""Settings, URLs and the application object: what joins the apps into one site."""
