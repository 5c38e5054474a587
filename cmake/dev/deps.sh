# What Rondo needs beside system packages, kept in .deps: LibTorch and SentencePiece.

torch_version=2.13.0
sentencepiece_version=0.2.1

install_deps() {
  mkdir -p "$deps"
  install_system_packages
  install_libtorch
  install_sentencepiece
}

# The user's own LibTorch, from RONDO_LIBTORCH or a folder of CMAKE_PREFIX_PATH, or nothing.
own_libtorch() {
  local folder folders=()
  IFS=':;' read -ra folders <<<"${RONDO_LIBTORCH:-}:${CMAKE_PREFIX_PATH:-}"
  for folder in "${folders[@]}"; do
    if [[ -n $folder && -e $folder/include/torch/csrc/api/include/torch/torch.h ]]; then
      echo "$folder"
      return
    fi
  done
}

install_libtorch() {
  local own stamp=$deps/venv/torch-$torch_version.installed
  own=$(own_libtorch)
  if [[ -n $own ]]; then
    begin_step 'LibTorch'
    end_step "yours in $own"
  elif [[ -n ${RONDO_LIBTORCH:-} ]]; then
    stop 2 "RONDO_LIBTORCH=$RONDO_LIBTORCH holds no LibTorch: include/torch/csrc/api/include is missing"
  elif [[ -e $stamp ]]; then
    begin_step "LibTorch $torch_version"
    end_step 'there'
  else
    begin_step "Fetching LibTorch $torch_version with pip into .deps/venv" \
      '2 min for a CPU-only wheel of 200 MB; one with CUDA is 20 times larger'
    make_venv
    fetched pip-torch "$(pip_help "torch $torch_version")" \
      "$deps/venv/bin/pip" install "torch==$torch_version"
    touch "$stamp"
    end_step
  fi
}

# What an example needs besides torch to read a model in Python; the program itself needs none of it.
install_example_packages() {
  local packages=(numpy safetensors sentencepiece==0.2.1 pyyaml)
  local stamp=$deps/venv/examples.installed
  if [[ -n $(own_libtorch) || -e $stamp ]]; then
    begin_step "Python packages for the examples"
    end_step "there, or yours"
    return
  fi
  begin_step "Fetching Python packages for the examples: ${packages[*]}" '10 s'
  fetched pip-examples "$(pip_help "${packages[*]}")" "$deps/venv/bin/pip" install "${packages[@]}"
  touch "$stamp"
  end_step
}

# The folder of Python packages that holds the LibTorch in use.
torch_packages() {
  local own
  own=$(own_libtorch)
  if [[ -n $own ]]; then dirname "$own"; else compgen -G "$deps/venv/lib/python3*/site-packages"; fi
}

make_venv() {
  if [[ -x $deps/venv/bin/pip ]]; then return; fi
  logged venv "$(find_python)" -m venv "$deps/venv"
}

pip_help() {
  echo "pip could not fetch $1. Is the network up, and is there room on the disk? A proxy or another
package index is set as for any pip: PIP_INDEX_URL, PIP_FIND_LINKS, pip.conf. RONDO_LIBTORCH and
RONDO_SENTENCEPIECE name copies of your own."
}

install_sentencepiece() {
  if [[ -n ${RONDO_SENTENCEPIECE:-} ]]; then
    begin_step 'SentencePiece'
    end_step "yours in $RONDO_SENTENCEPIECE"
  elif [[ $(cat "$deps/sentencepiece/version.txt" 2>/dev/null) == "$sentencepiece_version" ]]; then
    begin_step "SentencePiece $sentencepiece_version"
    end_step 'there'
  else
    begin_step "Fetching and building SentencePiece $sentencepiece_version" '1 min'
    fetch_sentencepiece_source
    logged sentencepiece env CMAKE_GENERATOR=Ninja \
      cmake/build_sentencepiece.sh "$deps/src/sentencepiece-$sentencepiece_version/sentencepiece" \
      "$deps/sentencepiece"
    end_step
  fi
}

# Its source distribution holds the whole C++ source; pip wants setuptools there to look at it.
fetch_sentencepiece_source() {
  local name=sentencepiece-$sentencepiece_version
  if [[ -f $deps/src/$name/sentencepiece/src/sentencepiece_processor.h ]]; then return; fi
  mkdir -p "$deps/src"
  make_venv
  fetched pip-setuptools "$(pip_help setuptools)" "$deps/venv/bin/pip" install setuptools wheel
  fetched pip-sentencepiece "$(pip_help "SentencePiece's source")" \
    "$deps/venv/bin/pip" download --no-binary :all: --no-deps --no-build-isolation \
    --dest "$deps/src" "sentencepiece==$sentencepiece_version"
  rm -rf "$deps/src/$name"
  logged unpack tar -xzf "$deps/src/$name.tar.gz" -C "$deps/src"
}
