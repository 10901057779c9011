"""Opening an address in the person's browser, without ever handing the terminal to a browser of text."""

from __future__ import annotations

import webbrowser


def visit(address: str) -> bool:
    """Open an address; False if there is no browser that has a window of its own. Blocks until the browser was told."""
    try:
        browser = webbrowser.get()
        # This very class stands for programs that run in the terminal, such as lynx: they would write over our screen.
        if type(browser) is webbrowser.GenericBrowser:
            return False
        return browser.open(address)
    except (webbrowser.Error, OSError):
        return False
