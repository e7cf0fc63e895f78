"""How what is learnt reaches policy: reach, pathways, reliability, main paths, credit."""
