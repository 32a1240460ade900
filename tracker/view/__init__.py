"""Rows in, renderables and text out; nothing here prints."""
