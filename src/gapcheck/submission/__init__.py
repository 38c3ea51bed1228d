"""The annex for a professional body: what registration and other reforms would change for one profession, computed."""
