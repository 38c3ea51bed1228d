#!/bin/sh
# The questions of law, put to three engines: two that are right and one that is not. Needs gapcheck[cross-check].
set -u
here=$(dirname "$0")
for engine in own durable_rules wrong; do
  echo "== $engine"
  gapcheck conform --engine "python $here/$engine.py" ${1:+--questions "$1"}
  echo "exit code $?"
done
