"""What measures count: the positions of a day or the statements of a window, what ties two, and how alike they are."""
