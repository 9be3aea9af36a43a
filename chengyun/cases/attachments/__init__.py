"""Files handed in: judged by content, stored by hash, shown without what the camera wrote into them."""
