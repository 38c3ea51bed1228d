"""The tools that assistants call, by the Model Context Protocol: the answers of the commands, and no others."""
