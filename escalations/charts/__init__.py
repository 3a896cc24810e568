"""Charts: our own pictures of numbers, drawn as data; templates/charts/ writes them as SVG."""
