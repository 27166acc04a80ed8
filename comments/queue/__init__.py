"""The moderation queue as a changelist of Django's admin: its tabs and filters, its pages, its cards."""
