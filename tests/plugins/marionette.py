"""Firefox without geckodriver: Selenium's commands in Firefox's own remote protocol.

geckodriver only carries WebDriver's commands over to Marionette, which every Firefox speaks when it is started with ``--marionette``. This
does the same for the commands that the tests use (https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html), so that the
tests run where a Firefox is installed and no geckodriver is. Not for users: they need geckodriver.

Selenium command -> length:[0, number, "WebDriver:...", parameters] -> Firefox -> length:[1, number, error, result] -> Selenium's answer
"""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_STARTING = 60.0
_LOGGER = logging.getLogger("selenium.webdriver.remote.remote_connection")
"""What Selenium's own connection says at DEBUG, this one says too: tests listen for secrets there."""
_COMMANDS = {
    "newSession": "WebDriver:NewSession",
    "get": "WebDriver:Navigate",
    "refresh": "WebDriver:Refresh",
    "goBack": "WebDriver:Back",
    "getCurrentUrl": "WebDriver:GetCurrentURL",
    "getTitle": "WebDriver:GetTitle",
    "getPageSource": "WebDriver:GetPageSource",
    "w3cExecuteScript": "WebDriver:ExecuteScript",
    "w3cExecuteScriptAsync": "WebDriver:ExecuteAsyncScript",
    "findElement": "WebDriver:FindElement",
    "findElements": "WebDriver:FindElements",
    "findChildElement": "WebDriver:FindElement",
    "findChildElements": "WebDriver:FindElements",
    "clickElement": "WebDriver:ElementClick",
    "clearElement": "WebDriver:ElementClear",
    "sendKeysToElement": "WebDriver:ElementSendKeys",
    "getElementText": "WebDriver:GetElementText",
    "getElementTagName": "WebDriver:GetElementTagName",
    "getElementRect": "WebDriver:GetElementRect",
    "getElementProperty": "WebDriver:GetElementProperty",
    "isElementEnabled": "WebDriver:IsElementEnabled",
    "isElementSelected": "WebDriver:IsElementSelected",
    "isElementDisplayed": "WebDriver:IsElementDisplayed",
    "switchToFrame": "WebDriver:SwitchToFrame",
    "switchToParentFrame": "WebDriver:SwitchToParentFrame",
    "switchToFrameParent": "WebDriver:SwitchToParentFrame",
    "switchToWindow": "WebDriver:SwitchToWindow",
    "w3cGetCurrentWindowHandle": "WebDriver:GetWindowHandle",
    "w3cGetWindowHandles": "WebDriver:GetWindowHandles",
    "w3cSetWindowRect": "WebDriver:SetWindowRect",
    "setWindowRect": "WebDriver:SetWindowRect",
    "setTimeouts": "WebDriver:SetTimeouts",
    "w3cGetAlertText": "WebDriver:GetAlertText",
    "w3cAcceptAlert": "WebDriver:AcceptAlert",
    "w3cDismissAlert": "WebDriver:DismissAlert",
    "actions": "WebDriver:PerformActions",
    "w3cActions": "WebDriver:PerformActions",
    "clearActionState": "WebDriver:ReleaseActions",
    "quit": "Marionette:Quit",
}


class Marionette:
    """A command executor for Selenium's remote driver, with the Firefox that it started."""

    def __init__(self, firefox: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="firefox")
        port = _free_port()
        Path(self._folder.name, "user.js").write_text(
            f'user_pref("marionette.port", {port});\nuser_pref("browser.shell.checkDefaultBrowser", false);\n'
            'user_pref("datareporting.policy.dataSubmissionEnabled", false);\n'
            'user_pref("app.normandy.enabled", false);\nuser_pref("network.captive-portal-service.enabled", false);\n',
            encoding="utf-8",
        )
        self._process = subprocess.Popen(
            [firefox, "--headless", "--marionette", "--no-remote", "--profile", self._folder.name],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._socket = self._connect(port)
        self._waiting = b""
        self._number = 0
        self._receive()  # the greeting

    def execute(self, command: str, params: dict[str, Any]) -> dict[str, Any]:
        """Runs one of Selenium's commands and returns what its error handler and its driver expect."""
        if command not in _COMMANDS:
            raise NotImplementedError(f"Expected a command of {sorted(_COMMANDS)}, got '{command}'.")
        _LOGGER.debug("%s %s", command, params)
        error, result = self._ask(_COMMANDS[command], _translated(command, params))
        _LOGGER.debug("%s %s", error, result)
        if error:
            return {"status": 400, "value": json.dumps({"value": error})}
        value = result["value"] if isinstance(result, dict) and set(result) == {"value"} else result
        return {"status": 0, "value": value}

    def close(self) -> None:
        """Ends the Firefox that was started, and takes its profile away."""
        self._socket.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()

    def _connect(self, port: int) -> socket.socket:
        until = time.monotonic() + _STARTING
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=_STARTING)
            except OSError:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise
                time.sleep(0.2)

    def _ask(self, command: str, params: dict[str, Any]) -> tuple[dict[str, Any] | None, Any]:
        self._number += 1
        message = json.dumps([0, self._number, command, params]).encode()
        self._socket.sendall(str(len(message)).encode() + b":" + message)
        _, number, error, result = self._receive()
        assert number == self._number, "an answer to another command"
        return error, result

    def _receive(self) -> Any:
        while b":" not in self._waiting:
            self._more()
        length, _, self._waiting = self._waiting.partition(b":")
        while len(self._waiting) < int(length):
            self._more()
        message, self._waiting = self._waiting[: int(length)], self._waiting[int(length) :]
        return json.loads(message)

    def _more(self) -> None:
        got = self._socket.recv(65536)
        if not got:
            raise ConnectionError("Firefox closed the connection.")
        self._waiting += got


def _translated(command: str, params: dict[str, Any]) -> dict[str, Any]:
    """Parameters as Marionette names them."""
    kept = {name: value for name, value in params.items() if name != "sessionId"}
    if command == "newSession":
        asked = kept["capabilities"]
        return {**asked.get("alwaysMatch", {}), **(asked.get("firstMatch") or [{}])[0]}
    if command == "switchToFrame" and isinstance(kept.get("id"), dict):
        return {"element": kept["id"][_ELEMENT]}
    if command.startswith("findChild"):
        return {"element": kept.pop("id"), **kept}
    return kept


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
