"""The role profile: a post, its holder, the employer's arrangements, the tasks."""
