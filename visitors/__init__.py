"""Where a request comes from: from this site's own pages or not, and from which network. No models."""
