"""The guided profile: questions in a terminal or from a pipe, and the commented file that comes of them."""
