# The system packages Rondo needs: found by looking for what they hold, installed by apt where that
# can be done without asking, else listed by the names that other systems give them.

# What is looked for (a command, a header, one of two headers), then its package on Debian and Ubuntu,
# Fedora, Arch, Homebrew, conda.
package_table='
cmd:c++                   g++                gcc-c++                gcc           gcc              cxx-compiler
cmd:cmake                 cmake              cmake                  cmake         cmake            cmake
cmd:ninja                 ninja-build        ninja-build            ninja         ninja            ninja
cmd:ccache                ccache             ccache                 ccache        ccache           ccache
python                    python3-venv       python3                python        python           python
yaml-cpp/yaml.h           libyaml-cpp-dev    yaml-cpp-devel         yaml-cpp      yaml-cpp         yaml-cpp
CLI/CLI.hpp               libcli11-dev       cli11-devel            cli11         cli11            cli11
nlohmann/json.hpp         nlohmann-json3-dev json-devel             nlohmann-json nlohmann-json    nlohmann_json
utf8.h|utf8cpp/utf8.h     libutfcpp-dev      utf8cpp-devel          utf8cpp       utf8cpp          utfcpp
zlib.h                    zlib1g-dev         zlib-devel             zlib          zlib             zlib
catch2/catch.hpp|catch2/catch_all.hpp catch2 catch-devel            catch2        catch2           catch2
'

# The rows of package_table whose thing is not there, by preprocessing one file of questions.
missing_rows() {
  local what debian others questions='' row
  while read -r what debian others; do
    row="$what $debian $others"
    case $what in
      '') ;;
      cmd:*) if ! command -v "${what#cmd:}" >/dev/null; then echo "$row"; fi ;;
      python) if ! find_python >/dev/null; then echo "$row"; fi ;;
      *) questions+="#if !__has_include(<${what%|*}>) && !__has_include(<${what#*|}>)
MISSING $row
#endif
" ;;
    esac
  done <<<"$package_table"
  if command -v c++ >/dev/null; then
    # shellcheck disable=SC2046
    c++ -E -P -x c++ $(include_options) - <<<"$questions" | sed -n 's/^MISSING //p'
  else
    sed -n 's/^MISSING //p' <<<"$questions"
  fi
}

# Homebrew and conda keep headers where a system compiler does not look.
include_options() {
  if [[ -n ${CONDA_PREFIX:-} ]]; then echo "-I$CONDA_PREFIX/include"; fi
  if command -v brew >/dev/null; then echo "-I$(brew --prefix)/include"; fi
}

# Prints a Python of 3.10 or newer that can make virtual environments.
find_python() {
  local python
  for python in ${RONDO_PYTHON:-} python3 python3.13 python3.12 python3.11 python3.10; do
    if "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' \
      >/dev/null 2>&1; then
      command -v "$python"
      return 0
    fi
  done
  return 1
}

# column N ROWS: the N-th words on one line.
column() { awk -v n="$1" 'NF {printf "%s%s", sep, $n; sep = " "}' <<<"$2"; }

# Root, or a sudo that does not ask, in front of the command that needs it; fails where neither is.
as_root() {
  if ((EUID == 0)); then "$@"; else sudo -n -- "$@"; fi
}

can_install() {
  command -v apt-get >/dev/null && { ((EUID == 0)) || sudo -n true 2>/dev/null; }
}

install_packages() {
  fetched apt-update 'apt could not read its package lists: is the network up?' \
    as_root apt-get update
  fetched apt-install "apt could not install: $*" \
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

install_system_packages() {
  local rows names
  rows=$(missing_rows)
  if [[ -z $rows ]]; then
    begin_step 'System packages'
    end_step 'all there'
    return
  fi
  names=$(column 2 "$rows")
  if ! can_install; then show_missing "$rows"; fi
  begin_step "Installing system packages: $names" '1 min'
  # shellcheck disable=SC2086
  install_packages $names
  rows=$(missing_rows)
  if [[ -n $rows ]]; then show_missing "$rows"; fi
  end_step
}

# Says by name what to install by hand, and stops with status 2.
show_missing() {
  stop 2 "Some packages are missing, and ./dev can install them only with apt and as root (or a sudo
that does not ask). Install them, then run the same command again:

  Debian, Ubuntu   sudo apt-get install $(column 2 "$1")
  Fedora           sudo dnf install $(column 3 "$1")
  Arch             sudo pacman -S $(column 4 "$1")
  Homebrew         brew install $(column 5 "$1")
  conda            conda install -c conda-forge $(column 6 "$1")

LibTorch and SentencePiece are no part of this: ./dev fetches them into .deps/ by itself.
$(own_text_help)"
}

own_text_help() {
  cat <<'END'

To train on two text files of your own, where line N of one translates line N of the other:

  ./dev build
  build/rondo prepare pairs my.en my.it -o data/mine --src en --trg it
  cp configs/translation/quickstart.yaml configs/translation/mine.yaml
                     # in it, set data.train, data.dev and data.test to data/mine/train, dev and
                     # test, and the two languages
  build/rondo train configs/translation/mine.yaml
END
}
