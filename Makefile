# gongkai: `make help` lists the tasks. Needs Python 3.11+, make and pip.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUNTIME := $(VENV)/.runtime-installed
TESTING := $(VENV)/.testing-installed
CHECKING := $(VENV)/.checking-installed

.DEFAULT_GOAL := help
.PHONY: help demo test check lint format bench clean

help:  ## 列出全部命令
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 18

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高版本，可用 make PYTHON=/路径/python3.11 指定。"; exit 1; }
	@echo "正在建立虚拟环境 $(VENV) ……"
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): $(BIN)/python requirements/runtime.txt pyproject.toml
	@echo "正在安装运行所需的软件包……"
	@$(PIP) install --no-compile --only-binary :all: -r requirements/runtime.txt
	@$(PIP) install --no-deps -e .
	@touch $@

$(TESTING): $(RUNTIME) requirements/test.txt
	@echo "正在安装测试所需的软件包……"
	@$(PIP) install --no-compile --only-binary :all: -r requirements/test.txt
	@touch $@

$(CHECKING): $(TESTING) requirements/lint.txt
	@echo "正在安装检查所需的软件包……"
	@$(PIP) install --no-compile --only-binary :all: -r requirements/lint.txt
	@touch $@

demo: $(RUNTIME)  ## 装入演示数据并启动网站（http://127.0.0.1:8000）
	@$(BIN)/gongkai demo

test: $(TESTING)  ## 运行全部测试
	@status=0; \
	$(BIN)/python -m pytest -n 2 --dist loadgroup --ignore tests/functional $(ARGS) || status=1; \
	$(BIN)/python -m pytest tests/functional $(ARGS) || status=1; \
	exit $$status

check: lint test  ## 代码检查和全部测试

lint: $(CHECKING)  ## 代码风格、类型、依赖方向
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@DJANGO_SETTINGS_MODULE=gongkai.settings.test $(BIN)/gongkai manage makemigrations --check --dry-run

format: $(CHECKING)  ## 整理代码格式
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(RUNTIME)  ## 速度与内存基准（结果见 docs/benchmarks.md）
	@for file in bench/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

clean:  ## 删除虚拟环境和演示数据
	rm -rf $(VENV) var
