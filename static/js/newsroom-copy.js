// The writing screen: copy.
