"""Readers of documents, one module a format; `read.read_document` finds the right one."""
