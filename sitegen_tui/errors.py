"""The one family of errors: each says what happened, what to do about it, and how a command ends."""

from __future__ import annotations

from typing import ClassVar


class SitegenError(Exception):
    """An error meant for a person.

    `message` says what is wrong and where, `hint` what to do. `exit_status` is what a command returns:
    1 the thing asked about is not so, 2 wrong use, 3 an outside fault.
    """

    exit_status: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process boundaries: keyword-only arguments would be lost by the default.
        return _rebuild, (type(self), self.message, self.hint)


def _rebuild(kind: type[SitegenError], message: str, hint: str) -> SitegenError:
    error = kind.__new__(kind)
    SitegenError.__init__(error, message, hint=hint)
    return error


class UsageError(SitegenError):
    """The command or its arguments are wrong."""

    exit_status = 2


class UnknownName(UsageError):
    """A model, template, requirements, action, run or experiment that is not there."""

    def __init__(self, kind: str, name: str, known: tuple[str, ...] = (), *, hint: str = "") -> None:
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=3, cutoff=0.5)
        if not hint and near:
            hint = f"did you mean {' or '.join(near)}?"
        elif not hint and known:
            shown = ", ".join(known[:12]) + (", ..." if len(known) > 12 else "")
            hint = f"known: {shown}"
        super().__init__(f"unknown {kind}: {name!r}", hint=hint)


class ContentError(SitegenError):
    """A template or requirements file that cannot be used; lists every finding of the lint."""


class StoreError(SitegenError):
    """The database cannot be opened, read or written."""

    exit_status = 3


class ProviderError(SitegenError):
    """A model could not be reached or failed.

    `retryable` tells whether trying again may help, `retry_after` how many seconds the service asks to wait before.
    """

    exit_status = 3
    retryable: bool = False
    retry_after: float | None = None

    def __init__(self, message: str, *, hint: str = "", retryable: bool = False, retry_after: float | None = None) -> None:
        super().__init__(message, hint=hint)
        self.retryable = retryable
        self.retry_after = retry_after


class BudgetSpent(SitegenError):
    """What an experiment may cost does not allow for its next request. Trying again does not help: another budget does."""


class RenderUnavailable(SitegenError):
    """No page can be rendered here: no browser, one that does not start or keeps dying, or no Playwright."""

    exit_status = 3


class Interrupted(SitegenError):
    """The person stopped it."""

    exit_status = 130
