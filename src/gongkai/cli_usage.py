"""Mistakes in a command line, told in Chinese: what is wrong, and where the usage stands.

The command library words its own in English, and only some of them as data; the rest is known by its sentence.
"""

from __future__ import annotations

import re
from typing import Any

import typer

# Typer brings its own copy of Click in some versions; its public BadParameter leads to the base class in all of them.
_UsageError: type[Any] = typer.BadParameter.__mro__[1]
_SENTENCES = (
    (r"No such command '(.*?)'", "没有命令“{0}”。"),
    (r"Missing command", "没有写命令。"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", "多余的参数：{0}。"),
    (r"Option '(.*?)' requires an argument", "选项 {0} 后面要写值。"),
    (r"Option '(.*?)' requires (\d+) arguments", "选项 {0} 后面要写 {1} 个值。"),
    (r"Option '(.*?)' does not take a value", "选项 {0} 不带值。"),
)
_NOT_A_NUMBER = re.compile(r"not a valid (?:int|float|range)|valid (?:integer|number)")


def run(app: typer.Typer, arguments: list[str], name: str) -> int:
    """Run a command line and give its exit code; a mistake in it is one or two Chinese lines, exit 2."""
    try:
        code = typer.main.get_command(app).main(arguments, prog_name=name, standalone_mode=False)
    except _UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            error.show()
        else:
            _tell(explain(error), error.ctx)
        return 2
    except typer.Abort:
        typer.echo("已中断。", err=True)
        return 1
    return code if isinstance(code, int) else 0


def _tell(message: str, context: Any) -> None:
    typer.echo(message.encode("utf-8", "replace"), err=True)
    if context is not None:
        typer.echo(f"用法请看：{context.command_path} --help".encode(), err=True)


def explain(error: Any) -> str:
    """A usage error in Chinese."""
    kind = type(error).__name__
    if kind == "MissingParameter" and error.param is not None:
        return f"缺少{_name(error.param)}，请补上。"
    if kind == "NoSuchOption":
        near = "、".join(sorted(error.possibilities or ()))
        return f"没有选项 {error.option_name}。" + (f"是否要用：{near}？" if near else "")
    if kind == "BadParameter" and error.param is not None:
        return f"{_name(error.param)} 的值不对，{_expected(error)}。"
    for pattern, words in _SENTENCES:
        match = re.search(pattern, error.message)
        if match:
            return words.format(*match.groups())
    return f"命令写得不对：{error.format_message()}"


def _name(param: Any) -> str:
    if param.param_type_name == "argument":
        return f"参数“{(param.metavar or param.name).rstrip('…')}”"
    return f"选项 {max(param.opts, key=len)}"


def _expected(error: Any) -> str:
    kind = getattr(error.param, "type", None)  # where older versions keep the limits
    least, most = (getattr(error.param, side, getattr(kind, side, None)) for side in ("min", "max"))
    if least is not None and most is not None:
        return f"应为 {least} 至 {most} 的数"
    if least is not None or most is not None:
        return f"应为不小于 {least} 的数" if least is not None else f"应为不大于 {most} 的数"
    return "应为数字" if _NOT_A_NUMBER.search(error.message) else f"请核对（{error.message.rstrip('.')}）"
