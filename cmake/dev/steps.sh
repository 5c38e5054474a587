# Numbered steps that say what they do, how long it should take and how long it took.

step_number=0
step_count=3
step_began=0

plan_steps() { step_count=$1; }

# begin_step WHAT [ESTIMATE]: the estimate is for 2 cores and is left out where all is there already.
begin_step() {
  step_number=$((step_number + 1))
  step_began=$SECONDS
  printf '[%d/%d] %s%s\n' "$step_number" "$step_count" "$1" "${2:+ (about $2)}"
}

end_step() { printf '      %s\n' "${1:-done in $(duration $((SECONDS - step_began)))}"; }

note() { printf '      %s\n' "$@"; }

duration() {
  if (($1 < 60)); then echo "$1 s"; else printf '%d min %02d s\n' $(($1 / 60)) $(($1 % 60)); fi
}

# stop STATUS LINE...: ends with the lines on stderr.
stop() {
  local status=$1
  shift
  printf '%s\n' "$@" >&2
  exit "$status"
}

# logged NAME COMMAND...: output goes to .deps/logs/NAME.log; a failure shows its end and stops.
logged() {
  local log=$logs/$1.log
  shift
  mkdir -p "$logs"
  if ! "$@" >"$log" 2>&1 </dev/null; then show_failure "$log"; fi
}

# fetched NAME WHY COMMAND...: as logged, tried three times, since networks fail; WHY helps if all do.
fetched() {
  local log=$logs/$1.log why=$2 try
  shift 2
  mkdir -p "$logs"
  for try in 1 2 3; do
    if "$@" >"$log" 2>&1 </dev/null; then return 0; fi
    if ((try < 3)); then
      note "try $try of 3 failed, once more in $((try * 5)) s"
      sleep $((try * 5))
    fi
  done
  show_failure "$log" "$why"
}

show_failure() {
  {
    printf '\nThis step failed. The end of %s:\n\n' "${1#"$root"/}"
    tail -n 20 "$1" | sed 's/^/    /'
    if [[ -n ${2:-} ]]; then printf '\n%s\n' "$2"; fi
  } >&2
  exit 1
}
