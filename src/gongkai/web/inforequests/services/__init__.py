"""What the request desk does; every act goes through here, and the law is asked of `gongkai.law`."""
