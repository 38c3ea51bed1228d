"""Who vouches for the lawbook: what is signed off, a reviewer's worksheet of a part of it, and a filled one read back."""
