"""A naive Bayes filter that learns from this site's own decisions. It sorts the queue and never publishes."""
