#!/usr/bin/env bash
# full_disk.sh PROGRAM WORK [KEY=VALUE...]: on a file system that is too small a run ends with
# status 1 and one line; once there is space, it is resumed and ends with the files of one that was
# never disturbed. Status 77 where nothing may be mounted.
set -euo pipefail
program=$(realpath "$1") work=$2
shift 2
set -- training.duration=60u training.save_freq=none "$@"
# shellcheck source=tests/resume/runs.sh
source "$(dirname "${BASH_SOURCE[0]}")/runs.sh"
rm -rf "$work"
mkdir -p "$work"
cd "$work"

unmount() { if mountpoint -q run; then umount run; fi; }

# fill KIBIBYTES: what a run makes of so small a disk, and then of a larger one.
fill() {
  local size=$1 status=0
  mkdir -p run
  mount -t tmpfs -o "size=${size}k" rondo run
  "${training[@]}" >full.log 2>&1 || status=$?
  echo "$size KiB: status $status: $(tail -n 1 full.log)"
  if ((status != 1)) || [[ $(grep -c '^rondo: cannot write .*No space left' full.log) != 1 ]]; then
    fail "a full disk should end it with one line and status 1; see $work/full.log"
  fi
  mount -o remount,size=1g run
  resume_to_end resumed.log
  require_same_runs whole run "with $size KiB"
  unmount
}

mkdir -p run
if ! mount -t tmpfs -o size=64k rondo run 2>/dev/null; then
  echo 'not tried: no file system may be mounted here'
  exit 77
fi
trap unmount EXIT
unmount
make_text
make_whole_run
used=$(du -sk whole | cut -f 1)
checkpoint=$(du -sk whole/latest.ckpt | cut -f 1)
model=$(du -sk whole/best.rondo | cut -f 1)
echo "undisturbed: $used KiB, of which the checkpoint $checkpoint KiB"
# Too little for the start; from there on for a line of the log, the page, each of the models and
# the second checkpoint beside the first; and nearly enough.
for size in 16 $((checkpoint / 2)) $((checkpoint + 16)) $((checkpoint + 20)) $((checkpoint + 44)) \
  $((checkpoint + 60)) $((checkpoint + model / 2)) $((checkpoint + model * 3 / 2)) \
  $((checkpoint + model * 3)) $((used - model / 2)) $((used - 8)) $((used + checkpoint / 2)); do
  fill "$size"
done
echo 'equal after each full disk'
