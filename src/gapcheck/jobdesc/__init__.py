"""Job descriptions: read a document, find what it asks for, and check the groups to which the post is open."""
