// The writing screen: checks.
