#include "app/bench/prepared_text.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "app/data/line_coding.h"
#include "app/data/line_reader.h"
#include "app/data/tokenizer_files.h"
#include "app/errors.h"
#include "app/storage/atomic_file.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

// The endings that FOLDER/train.* has, .gz aside.
std::set<std::string> languages_of(const fs::path& folder) {
  std::set<std::string> languages;
  for (const auto& entry : fs::directory_iterator(folder)) {
    fs::path name = entry.path().filename();
    if (name.extension() == ".gz") name = name.stem();
    if (name.stem() == "train" && name.has_extension()) {
      languages.insert(name.extension().string().substr(1));
    }
  }
  return languages;
}

fs::path first_there(const fs::path& folder, const std::vector<std::string>& names,
                     const std::string& language) {
  for (const std::string& name : names) {
    const std::string file = (folder / name).string() + "." + language;
    if (fs::exists(file) || fs::exists(file + ".gz")) return folder / name;
  }
  throw DataError(folder.string() + ": holds no " + names.front() + "." + language);
}

void copy_text(const std::string& from, const fs::path& to) {
  if (fs::exists(to)) return;
  AtomicFile out(to);
  LineReader lines(existing_text_file(from));
  for (std::string line; lines.next(line);) out.write(line + "\n");
  out.commit();
}

void write_pieces(const Tokenizer& tokenizer, const fs::path& text) {
  const fs::path pieces = text.string() + ".pieces";
  if (fs::exists(pieces)) return;
  const fs::path unfinished = text.string() + ".unfinished";
  LineReader lines(text.string());
  std::ofstream out(unfinished);
  encode_lines(lines, tokenizer, TokenForm::pieces, out);
  out.close();
  if (!out) throw DataError("cannot write " + unfinished.string());
  fs::rename(unfinished, pieces);
}

std::shared_ptr<const Tokenizer> shared_tokenizer(int64_t vocabulary, const fs::path& folder) {
  const fs::path file = folder / "joint.model";
  if (!fs::exists(file)) {
    const std::vector<std::string> texts{(folder / "train.src").string(),
                                         (folder / "train.trg").string()};
    write_file_atomically(file, train_tokenizer_on_files(texts, {.vocab_size = vocabulary}));
  }
  auto tokenizer = read_tokenizer(file.string());
  std::string pieces;
  for (int32_t id = kSpecialTokens; id < tokenizer->size(); ++id) {
    pieces += tokenizer->piece(id) + "\n";
  }
  write_file_atomically(folder / "joint.vocab", pieces);
  return tokenizer;
}

}  // namespace

BenchText text_in_folder(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw DataError(folder.string() + " is no folder");
  std::set<std::string> languages = languages_of(folder);
  if (languages.size() != 2) {
    throw DataError(folder.string() + ": wants train.* in two languages, has " +
                    std::to_string(languages.size()));
  }
  const std::string source = languages.contains("en") ? "en" : *languages.begin();
  languages.erase(source);
  return {.train = folder / "train",
          .dev = first_there(folder, {"dev", "val"}, source),
          .test = first_there(folder, {"test", "test_2016_flickr"}, source),
          .source = source,
          .target = *languages.begin()};
}

void prepare_text(const BenchText& text, int64_t vocabulary, const fs::path& folder) {
  fs::create_directories(folder);
  const std::vector<std::pair<fs::path, std::string>> parts{
      {text.train, "train"}, {text.dev, "dev"}, {text.test, "test"}};
  for (const auto& [prefix, name] : parts) {
    copy_text(prefix.string() + "." + text.source, folder / (name + ".src"));
    copy_text(prefix.string() + "." + text.target, folder / (name + ".trg"));
  }
  if (!text.labelled_train.empty()) {
    copy_text(text.labelled_train.string(), folder / "labelled.train");
    copy_text(text.labelled_test.string(), folder / "labelled.test");
  }
  const auto tokenizer = shared_tokenizer(vocabulary, folder);
  for (const auto& [prefix, name] : parts) {
    for (const char* side : {".src", ".trg"}) write_pieces(*tokenizer, folder / (name + side));
  }
}

}  // namespace rondo
