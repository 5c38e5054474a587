#!/usr/bin/env bash
# hosts.sh PROGRAM WORK [KEY=VALUE...]: two workers on two hosts, which are network namespaces joined
# by a slow link (100 Mbit/s, 2 ms each way where the kernel has netem): they train as they do on
# one machine; a worker that is killed, and a link that is cut for good, end both in one line, with
# a checkpoint to go on from; a link that is cut for a while changes nothing; and a slow worker is
# named. Status 77 where no namespace may be made.
set -euo pipefail
program=$(realpath "$1") work=$2
shift 2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
set -- training.duration=200u training.timeout=30s training.diagnose_freq=none "$@"
# shellcheck source=tests/resume/runs.sh
source "$here/../resume/runs.sh"
rm -rf "$work"
mkdir -p "$work"
cd "$work"

hosts=(rondo-a-$$ rondo-b-$$)
addresses=(10.83.0.1 10.83.0.2)
link='100 Mbit/s, 2 ms each way'
workers=()

end_all() {
  local host
  for host in "${hosts[@]}"; do
    ip netns pids "$host" 2>/dev/null | xargs -r kill -KILL 2>/dev/null || true
    ip netns del "$host" 2>/dev/null || true
  done
}

make_hosts() {
  local i
  ip netns add "${hosts[0]}" 2>/dev/null || return 1
  ip netns add "${hosts[1]}"
  ip link add ra$$ netns "${hosts[0]}" type veth peer name rb$$ netns "${hosts[1]}"
  for i in 0 1; do
    on_host $i ip addr add "${addresses[i]}/24" dev "$(link_of $i)"
    on_host $i ip link set "$(link_of $i)" up
    on_host $i ip link set lo up
  done
  for i in 0 1; do slow_link $i; done
}

slow_link() {
  local root=(tc qdisc add dev "$(link_of "$1")" root)
  if on_host "$1" "${root[@]}" netem delay 2ms rate 100mbit 2>/dev/null; then return; fi
  on_host "$1" "${root[@]}" tbf rate 100mbit burst 64kb latency 400ms
  link='100 Mbit/s, without a delay: this kernel has no netem'
}

link_of() { if (($1 == 0)); then echo ra$$; else echo rb$$; fi; }
on_host() {
  local host=${hosts[$1]}
  shift
  ip netns exec "$host" "$@"
}

# As if the cable was pulled out: connections stay, and what they send goes nowhere.
cut_link() { set_links down; }
heal_link() { set_links up; }
set_links() {
  local i
  for i in 0 1; do on_host $i ip link set "$(link_of $i)" "$1"; done
}

# start_worker RANK LOG ARGUMENT...: not by on_host, so that what is in the background is the worker.
start_worker() {
  local rank=$1 log=$2
  shift 2
  ip netns exec "${hosts[rank]}" env RANK="$rank" LOCAL_RANK=0 WORLD_SIZE=2 \
    MASTER_ADDR="${addresses[0]}" MASTER_PORT=29511 "${training[@]}" "$@" >"$log" 2>&1 &
  workers[rank]=$!
}

# start_workers ARGUMENT...: one on each host, what they say in said0 and said1.
start_workers() {
  local rank
  rm -rf run
  workers=()
  for rank in 0 1; do
    start_worker $rank "said$rank" "$@"
  done
}

wait_for_update() {
  while ! grep -q "update $1 " said0; do
    kill -0 "${workers[0]}" 2>/dev/null || fail "the run ended before update $1:" "$(tail -n 3 said0)"
    sleep 0.05
  done
}

# require_end STATUS LINE: both ended with it, and rank 0 with one line that holds this.
require_end() {
  local rank status
  for rank in 0 1; do
    status=0
    wait "${workers[rank]}" || status=$?
    if ((status != $1 && !(rank == ${lost:--1}))); then
      fail "rank $rank ended with status $status, not $1:" "$(tail -n 3 "said$rank")"
    fi
  done
  if [[ -n ${2:-} ]] && [[ $(grep '^rondo: ' "said${teller:-0}") != *$2* ]]; then
    fail "said, instead of '$2':" "$(grep '^rondo: ' "said${teller:-0}")"
  fi
  grep '^rondo: ' "said${teller:-0}" | sed 's/^/  /' || true
}

# The last checkpoint of a run that was cut short is good: it is gone on with to the end.
require_resumable() {
  local rank
  for rank in 0 1; do
    start_worker $rank "resumed$rank" --resume
  done
  require_end 0
  require_same_runs whole run "$1"
  echo "  resumed, and equal to the run that nothing disturbed"
}

make_text
trap end_all EXIT
if ! make_hosts; then
  echo 'not tried: no network namespace with a link may be made here'
  exit 77
fi

echo "two hosts: $link"
start_workers
require_end 0
mv run whole

echo 'a link that is cut for 20 s'
start_workers
wait_for_update 49
cut_link
sleep 20
heal_link
require_end 0
require_same_runs whole run 'a link cut for 20 s'
echo '  equal to the run that nothing disturbed'

echo 'a worker that is killed'
start_workers
wait_for_update 49
lost=1
kill -KILL "${workers[1]}"
require_end 1 'rank 1 on '
lost=-1
require_resumable 'a killed worker'

echo 'a link that is cut for good'
start_workers
wait_for_update 49
cut_link
require_end 1 'rank 1 on '
heal_link
require_resumable 'a link cut for good'

echo 'a slow worker'
start_workers
wait_for_update 7
# Of each 100 ms it is stopped for 60.
while kill -0 "${workers[1]}" 2>/dev/null; do
  kill -STOP "${workers[1]}" 2>/dev/null || break
  sleep 0.06
  kill -CONT "${workers[1]}" 2>/dev/null || break
  sleep 0.04
done &
slowing=$!
require_end 0
wait $slowing || true
grep -q '^rank 1 on .* is slow' said0 || fail 'the slow worker is not named:' "$(tail -n 5 said0)"
grep '^rank 1 on .* is slow' said0 | head -n 1 | sed 's/^/  /'
require_same_runs whole run 'a slow worker'
echo 'two hosts: trained through a cut link and beside a slow worker, ended and resumed after a lost one'
