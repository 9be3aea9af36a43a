"""From the unit's answer to the citizen's word on it: reply, audit (审核), callback (回访), ratings, city results."""
