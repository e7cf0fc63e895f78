"""How sure are we: conflicting reports, missing answers, waves, composites, intervals and tests."""
