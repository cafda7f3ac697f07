"""The page for people who do not use a command line: the same jobs, on 127.0.0.1. Needs the extra `web`."""
