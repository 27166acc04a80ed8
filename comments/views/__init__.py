"""Readers' side of comments. No view here reads a cookie or a session, and none sets one."""
