// The writing screen: text.
