#!/bin/sh
# Builds SentencePiece once as static libraries, for every build folder to share:
#   cmake/build_sentencepiece.sh SOURCE PREFIX
# SOURCE is the folder `sentencepiece/` of its source distribution, PREFIX receives include/ and
# lib/. Does nothing where PREFIX already holds this version. RONDO_JOBS limits the compilers at work.
#
# Static and with hidden symbols, because a shared one would put its flags and its protobuf before
# LibTorch's own, and TorchScript then hangs. Always Release, whatever the preset of the caller.
set -eu

if [ $# -ne 2 ]; then
  echo "usage: $0 SOURCE PREFIX" >&2
  exit 2
fi
source=$1 prefix=$2
if [ ! -f "$source/src/sentencepiece_processor.h" ]; then
  echo "$0: $source is not SentencePiece's source: src/sentencepiece_processor.h is missing" >&2
  exit 1
fi
version=$(cat "$source/VERSION.txt")
if [ "$(cat "$prefix/version.txt" 2>/dev/null)" = "$version" ]; then
  exit 0
fi

mkdir -p "$prefix/include" "$prefix/lib"
build=$(mktemp -d "$prefix/build.XXXXXX")
trap 'rm -rf "$build"' EXIT INT TERM
cmake -S "$source" -B "$build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_POLICY_VERSION_MINIMUM=3.5 \
  -DCMAKE_POSITION_INDEPENDENT_CODE=ON \
  -DCMAKE_CXX_FLAGS="-fvisibility=hidden -fvisibility-inlines-hidden" \
  -DSPM_ENABLE_SHARED=OFF -DSPM_ENABLE_TCMALLOC=OFF
cmake --build "$build" --parallel "${RONDO_JOBS:-$(getconf _NPROCESSORS_ONLN)}" \
  --target sentencepiece-static sentencepiece_train-static
cp "$build/src/libsentencepiece.a" "$build/src/libsentencepiece_train.a" "$prefix/lib/"
cp "$source/src/sentencepiece_processor.h" "$source/src/sentencepiece_trainer.h" "$prefix/include/"
cp "$source/LICENSE" "$prefix/LICENSE"
echo "$version" > "$prefix/version.txt"  # last, so that a build cut short is done again
