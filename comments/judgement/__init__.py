"""What stands against a comment that has just arrived: small checks, each with a reason that is kept.

`submission` is what the checks look at, `history` what the database knows of its sender, `flood` how much is
too much, `checks` the checks in their order, `reasons` the sentences in which a moderator reads them.
"""
