"""A Jekyll site around the posts of an output folder: lists, a page for each security and day, a feed, layouts."""
