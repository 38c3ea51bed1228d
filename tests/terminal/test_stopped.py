"""Ctrl-C ends any command with a line in words and a code that is no answer."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from gapcheck.cli import COMMANDS, STOPPED, main
from gapcheck.document import output


@pytest.mark.parametrize("name", COMMANDS)
def test_ctrl_c_is_no_answer(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gapcheck.cli.signal.signal", lambda *_: None)
    command = import_module(f"gapcheck.commands.{name}").command

    def pressed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "invoke", pressed)
    monkeypatch.setattr(command, "make_context", lambda info, args, parent=None, **_: click.Context(command, parent))
    found = CliRunner().invoke(main, [name])
    assert found.exit_code == STOPPED == 130
    assert "stopped" in found.output and "Traceback" not in found.output and "Aborted" not in found.output


def test_a_file_that_is_being_written_is_not_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", pressed)
    with pytest.raises(KeyboardInterrupt):
        output.write(str(tmp_path / "report.json"), b"{}")
    assert list(tmp_path.iterdir()) == []
