#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <iterator>

#include "app/config/experiment_keys.h"
#include "app/config/number_text.h"
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

constexpr std::string_view kExtraText = "a map of train, weight and tag";

ExtraText read_extra_text(const YAML::Node& node, const DataOptions& data) {
  if (!node.IsMap()) throw wrong_type(kExtraText, node);
  ExtraText extra;
  for (const auto& entry : node) {
    const std::string name = entry.first.Scalar();
    if (name == "train") {
      const std::string prefix = scalar_text(entry.second, "a path without its language");
      extra.files = {prefix + "." + data.src_lang, prefix + "." + data.trg_lang};
    } else if (name == "weight") {
      extra.weight = read_number<double>(entry.second, above(0));
    } else if (name == "tag") {
      extra.tag = scalar_text(entry.second, "a text");
    } else {
      throw wrong_type(kExtraText, entry.first);
    }
  }
  if (extra.files.source.empty()) throw wrong_type("a map with train", node);
  return extra;
}

std::string extra_text_yaml(const ExtraText& extra, const DataOptions& data) {
  const std::string prefix = prefix_of(extra.files, data).value_or(extra.files.source);
  return "{train: " + quoted_if_needed(prefix) + ", weight: " + number_text(extra.weight) +
         ", tag: " + quoted_if_needed(extra.tag) + "}";
}

Key extra_key(DataOptions& data) {
  Key made{.name = "extra",
           .doc =
               "more text to learn from, as [{train: PREFIX, weight: 0.5, tag: <bt>}]: how often "
               "each pair comes an epoch, and what is put before its source",
           .expects = "a list of maps of train, weight and tag"};
  made.read = [&data, expects = made.expects](const YAML::Node& node) {
    if (!node.IsSequence()) throw wrong_type(expects, node);
    data.extra.clear();
    for (const auto& item : node) data.extra.push_back(read_extra_text(item, data));
  };
  made.write = [&data]() -> std::optional<std::string> {
    std::string list;
    for (const ExtraText& extra : data.extra) {
      list += (list.empty() ? "" : ", ") + extra_text_yaml(extra, data);
    }
    return "[" + list + "]";
  };
  return made;
}

std::vector<Key> streaming_keys(DataOptions& o) {
  return {
      key("streaming", o.streaming,
          "whether the training text is read a block at a time, each epoch anew, instead of held "
          "in memory; auto: where it would need more than max_memory"),
      key("max_memory", o.max_memory, at_least(1),
          "megabytes that the training text may take in memory"),
      key("block_size", o.block_size, at_least(100),
          "streamed pairs, from all over the text, that are shuffled and cut into batches "
          "together; "
          "two such blocks are in memory"),
      key("token_cache", o.token_cache,
          "the folder that keeps the ids of a streamed text, so that it is tokenized once: auto = "
          "model_dir, none = not kept; runs may share a folder"),
  };
}

}  // namespace

Key data_keys(DataOptions& o) {
  std::vector<Key> keys{
      language_keys("src", "the source language", o.src_lang, o.src_max_length),
      language_keys("trg", "the target language", o.trg_lang, o.trg_max_length),
  };
  std::ranges::copy(file_keys("train", o.train, o, "text to learn from"), std::back_inserter(keys));
  keys.push_back(extra_key(o));
  std::ranges::move(streaming_keys(o), std::back_inserter(keys));
  std::ranges::copy(file_keys("dev", o.dev, o, "text to validate on"), std::back_inserter(keys));
  std::ranges::copy(file_keys("test", o.test, o, "text to evaluate on in the end, if any"),
                    std::back_inserter(keys));
  return section("data", "parallel text, one sentence a line", std::move(keys));
}

}  // namespace rondo
