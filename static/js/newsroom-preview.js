// The writing screen: preview.
