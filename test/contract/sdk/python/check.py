"""What the scripts beside this one share: checks, and which of the SDK's methods ran."""

import inspect
import json
import sys
import threading


class Checks:
    """Runs checks one by one; prints one JSON line for each: its name, and its failure or null."""

    def __init__(self):
        self.failed = 0

    def report(self, name, failure):
        self.failed += failure is not None
        print(json.dumps({"name": name, "failure": failure}), flush=True)

    def run(self, name, check):
        try:
            check()
            self.report(name, None)
        except Exception as error:  # any failure is one of this check, and the next one runs
            self.report(name, f"{type(error).__name__}: {error}"[:500])

    async def run_async(self, name, check):
        try:
            await check()
            self.report(name, None)
        except Exception as error:
            self.report(name, f"{type(error).__name__}: {error}"[:500])


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"{actual!r} is not {expected!r}")


def raises(kind, work):
    try:
        work()
    except kind:
        return
    raise AssertionError(f"no {kind.__name__} was raised")


class CalledMethods:
    """Notes which functions ran, without a change to them."""

    def __init__(self):
        self._codes = set()

    def start(self):
        def note(frame, event, _argument):
            if event == "call":
                self._codes.add(frame.f_code)

        threading.setprofile(note)
        sys.setprofile(note)

    def stop(self):
        sys.setprofile(None)
        threading.setprofile(None)

    def missing(self, classes):
        """Public methods and properties of the classes that never ran, as `Class.method`."""
        return sorted(
            f"{owner.__name__}.{name}"
            for owner in classes
            for name, member in vars(owner).items()
            if not name.startswith("_") and (code := _code_of(member)) and code not in self._codes
        )


def _code_of(member):
    if isinstance(member, property):
        member = member.fget
    if isinstance(member, (classmethod, staticmethod)):
        member = member.__func__
    return member.__code__ if inspect.isfunction(member) else None
