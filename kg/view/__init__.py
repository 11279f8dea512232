"""The page: the network in one HTML file that makes no request."""

from kg.view.page import page_html, write_page

__all__ = ["page_html", "write_page"]
