"""派单目录: which unit answers for a class in an area on a day, on what legal basis; the first match explained."""
