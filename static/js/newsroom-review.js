// The writing screen: review.
