"""Full text over the posts: an index of pairs of characters, derived from the files, and kept up with them."""
