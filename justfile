# `.venv/bin/just` lists the commands; `python3 run.py install --dev` makes the environment they use.
set shell := ["bash", "-euo", "pipefail", "-c"]

bin := justfile_directory() / ".venv/bin"
uv := `command -v uv || echo .tools/bin/uv`

# list the commands
@default:
    {{ bin }}/just --list --unsorted

# format, lint, types, import contracts, security, generated docs, migrations, nothing private committed
check: format-check types contracts
    {{ bin }}/bandit --quiet --recursive --severity-level medium src
    {{ bin }}/python docs/generate.py --check
    {{ bin }}/python manage.py makemigrations --check --dry-run
    ! git grep --untracked -nIE '/(work|root|home)/|https?://[^/" ]*(pypi|pythonhosted|npmjs|debian)[^/" ]*/|index[-]url' -- . ':!*.svg'

[private]
format-check:
    {{ bin }}/ruff format --check --quiet .
    {{ bin }}/ruff check --quiet .

[private]
types:
    {{ bin }}/mypy

[private]
contracts:
    {{ bin }}/lint-imports --no-cache

# format the code and mend what ruff can
format:
    {{ bin }}/ruff format .
    {{ bin }}/ruff check --fix .

# the tests; `just test tests/core -k clock` runs some of them
test *arguments:
    {{ bin }}/python -m pytest {{ arguments }}

# time reading, auditing and start-up; `just bench drafting`, `just bench summing --web` and so on the rest
bench *arguments:
    {{ bin }}/python -m bench {{ arguments }}

# our reader beside other libraries, in an environment of its own; `--write` writes docs/benchmarks.md
bench-peers *arguments:
    {{ uv }} venv --quiet --allow-existing --python {{ bin }}/python .venv-bench
    {{ uv }} pip install --quiet --python .venv-bench/bin/python -e . --group bench
    .venv-bench/bin/python -m bench.peers {{ arguments }}

# measure reader and rules and write docs/accuracy.md; `just accuracy --check` fails on a wrong cell
accuracy *arguments:
    {{ bin }}/python bench/page.py {{ arguments }}

# fuzz every reader for so many minutes, two at a time; `just fuzz 5 text html` takes some of them
fuzz minutes="10" *targets:
    {{ bin }}/python -c "import atheris" 2> /dev/null || {{ uv }} pip install --python {{ bin }}/python --group fuzz
    {{ bin }}/python -m fuzz {{ minutes }} {{ targets }}

# change the law in one place at a time and name the changes no test notices; `just mutants calendar` one module
mutants *arguments:
    {{ bin }}/python -m bench.mutants {{ arguments }}

# the sample county's site on this machine
run *arguments:
    {{ bin }}/gongkai demo {{ arguments }}

# write the generated pages of docs/ anew
docs:
    {{ bin }}/python docs/generate.py

# resolve the lock files anew; `just lock --upgrade` also moves to newer versions
lock *arguments:
    {{ uv }} {{ compile }} --extra web --extra pg --group lock {{ arguments }} -o requirements.lock
    {{ uv }} {{ compile }} --extra web --extra pg --extra redis --extra ocr --group lock --group dev -c requirements.lock {{ arguments }} -o requirements-dev.lock

compile := "pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate"
