"""The commands, one a module: each module holds a click command named `command`. `cli` finds them by name."""
