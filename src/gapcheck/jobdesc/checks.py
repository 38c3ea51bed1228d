def wording(*a): return ()
