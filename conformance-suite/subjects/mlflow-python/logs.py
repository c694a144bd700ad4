"""What the SDK logs, as events of the protocol."""

import logging

_MAX_CHARS = 64 * 1024
_LEVELS = {"WARNING": "WARN", "CRITICAL": "ERROR"}


class LogEvents(logging.Handler):
    def __init__(self, send):
        super().__init__()
        self._send = send

    def emit(self, record):
        try:
            level = _LEVELS.get(record.levelname, record.levelname)
            text = self.format(record)[:_MAX_CHARS]
            self._send({"event": "log", "level": level, "logger": record.name, "text": text})
        except Exception:  # such as a pipe that nobody reads: nothing that may disturb the SDK
            self.handleError(record)
