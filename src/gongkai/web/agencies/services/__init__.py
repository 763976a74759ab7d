"""What the other apps may ask of this one: limits, logins, notifications, calendars."""
