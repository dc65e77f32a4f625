#!/usr/bin/env bash
# Make .venv with the pinned, hashed requirements in the file named, using uv where it is installed and pip otherwise, and
# the command .venv/bin/framescope.
set -euo pipefail
cd "$(dirname "$0")"
requirements=${1:-requirements.txt}
# The pip of Python 3.12.1 takes a pinned package that another one asks for with extras for one without a pin.
pip_pin='pip==26.3
    --hash=sha256:6c36ae7da8695be67e3cd9f7d87919667ced53f57ce2ede75d89b5912ed2bc4c
    --hash=sha256:f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13'

# A launcher on the path may exist and still not run, so each interpreter is tried.
find_python() {
    for candidate in python3.13 /usr/bin/python3.13 python3.12 /usr/bin/python3.12 python3 /usr/bin/python3; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 12) <= sys.version_info < (3, 14))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

if [ ! -x .venv/bin/python ]; then
    python=$(find_python)
    if [ -n "$python" ]; then
        echo "Using $("$python" --version) at $("$python" -c 'import sys; print(sys.executable)')"
        if command -v uv >/dev/null; then
            uv venv --quiet --seed --python "$python" .venv
        elif "$python" -c 'import ensurepip' 2>/dev/null; then
            "$python" -m venv .venv
        else
            echo "This Python cannot make virtual environments. On Debian or Ubuntu install them with:" >&2
            echo "    apt install $("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')" >&2
            echo "or install uv (https://docs.astral.sh/uv)." >&2
            exit 1
        fi
    else
        echo "Framescope needs Python 3.13 or 3.12; none was found that runs. On Debian: apt install python3.13 python3.13-venv" >&2
        exit 1
    fi
fi

# What is ours is installed from this folder as it is: nothing is fetched for it.
ours=(--quiet --no-deps --no-build-isolation --editable .)
# The source of floret uses integers of fixed size without including this header, which compilers since GCC 13 require.
export CXXFLAGS="${CXXFLAGS:-} -include cstdint"
echo "Installing $requirements into .venv, which takes a minute or two"
if command -v uv >/dev/null; then
    uv pip install --quiet --python .venv/bin/python --require-hashes --compile-bytecode -r "$requirements"
    uv pip install --python .venv/bin/python --offline "${ours[@]}"
else
    pip=(.venv/bin/python -m pip --disable-pip-version-check install)
    "${pip[@]}" --quiet --require-hashes -r <(echo ${pip_pin})
    # Byte code is compiled here because PYTHONDONTWRITEBYTECODE would leave every start slow.
    "${pip[@]}" --quiet --require-hashes --no-compile -r "$requirements" || {
        echo "If a package failed to build, a C++ compiler is missing. On Debian: apt install build-essential python3-dev" >&2
        exit 1
    }
    "${pip[@]}" --no-index "${ours[@]}"
    .venv/bin/python -m compileall -q .venv/lib || true
fi
