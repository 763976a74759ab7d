"""The acts on annual reports and what is shown of them; every act goes through here."""
