"""The local web page and its JSON API. It stores nothing and asks nothing of other machines."""
