"""What written texts state and must keep: claims that can be looked up, names, numbers in words; and long texts in parts."""
