"""What an engineer would otherwise pick, on the same rules: one module a peer, each with a class `Peer`."""
