"""How fast the site is at ten thousand, a million and ten million lines."""
