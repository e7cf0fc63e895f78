"""Power: who decides on boards, who sits on several, whose items are reached, who stands in between, who dominates."""
