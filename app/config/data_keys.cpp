#include <yaml-cpp/yaml.h>

#include "app/config/experiment_keys.h"
#include "app/config/yaml_value.h"

namespace rondo {
namespace {

// P where the files are P.SRC and P.TRG; nothing when they are named otherwise.
std::optional<std::string> prefix_of(const ParallelFiles& files, const DataOptions& data) {
  const std::string source_end = "." + data.src_lang;
  const std::string target_end = "." + data.trg_lang;
  if (!files.source.ends_with(source_end)) return std::nullopt;
  const std::string prefix = files.source.substr(0, files.source.size() - source_end.size());
  if (prefix.empty() || files.target != prefix + target_end) return std::nullopt;
  return prefix;
}

// The prefix is completed with the languages, which are therefore read before it.
Key prefix_key(const std::string& name, ParallelFiles& files, const DataOptions& data,
               const std::string& purpose) {
  constexpr std::string_view kExpected = "a path without its language";
  Key made{.name = name,
           .doc = purpose + ": the files PREFIX.SRC and PREFIX.TRG, or the same with .gz",
           .expects = std::string(kExpected),
           .replaces = {name + "_src", name + "_trg"}};
  made.read = [&files, &data, kExpected](const YAML::Node& node) {
    const std::string prefix = scalar_text(node, kExpected);
    files = {};  // an empty prefix takes a text away: --set data.test=
    if (!prefix.empty()) files = {prefix + "." + data.src_lang, prefix + "." + data.trg_lang};
  };
  made.write = [&files, &data]() -> std::optional<std::string> {
    const auto prefix = prefix_of(files, data);
    return prefix ? std::optional(quoted_if_needed(*prefix)) : std::nullopt;
  };
  return made;
}

// One side's file by its own name, written only where no prefix says it.
Key file_key(const std::string& name, const std::string& side, std::string& file,
             const ParallelFiles& files, const DataOptions& data) {
  Key made = key(name + "_" + side, file, "instead of " + name + ": the " + side + " file itself");
  made.replaces = {name};
  made.derived = true;
  made.write = [&file, &files, &data]() -> std::optional<std::string> {
    return prefix_of(files, data) ? std::nullopt : std::optional(quoted_if_needed(file));
  };
  return made;
}

std::vector<Key> file_keys(const std::string& name, ParallelFiles& files, const DataOptions& data,
                           const std::string& purpose) {
  return {prefix_key(name, files, data, purpose), file_key(name, "src", files.source, files, data),
          file_key(name, "trg", files.target, files, data)};
}

Key language_keys(const std::string& side, const std::string& doc, std::string& language,
                  int64_t& max_length) {
  return section(side, doc,
                 {
                     required(key("lang", language, "its ending in the names of the data files")),
                     key("max_length", max_length, at_least(1),
                         "pieces; longer training pairs are dropped and counted"),
                 });
}

}  // namespace

Key data_keys(DataOptions& o) {
  std::vector<Key> keys{
      language_keys("src", "the source language", o.src_lang, o.src_max_length),
      language_keys("trg", "the target language", o.trg_lang, o.trg_max_length),
  };
  std::ranges::copy(file_keys("train", o.train, o, "text to learn from"), std::back_inserter(keys));
  std::ranges::copy(file_keys("dev", o.dev, o, "text to validate on"), std::back_inserter(keys));
  std::ranges::copy(file_keys("test", o.test, o, "text to evaluate on in the end, if any"),
                    std::back_inserter(keys));
  return section("data", "parallel text, one sentence a line", std::move(keys));
}

}  // namespace rondo
