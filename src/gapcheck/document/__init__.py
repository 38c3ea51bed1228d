"""The one way out: blocks of a document, the small words, and one module a format."""
