#include "app/tasks/text_fingerprint.h"

#include <sstream>
#include <vector>

#include "app/data/byte_hash.h"
#include "app/data/byte_source.h"
#include "app/data/line_reader.h"

namespace rondo {
namespace {

struct NamedText {
  std::string name, path;
};

std::vector<NamedText> texts_of(const Experiment& experiment) {
  if (experiment.task == TaskType::memory) return {};
  if (experiment.task != TaskType::translation) {
    return {{"training text", experiment.labelled.train},
            {"development text", experiment.labelled.dev}};
  }
  const DataOptions& data = experiment.data;
  std::vector<NamedText> texts{{"training source", data.train.source},
                               {"training target", data.train.target},
                               {"development source", data.dev.source},
                               {"development target", data.dev.target}};
  for (const ExtraText& extra : data.extra) {
    texts.push_back({"extra source", extra.files.source});
    texts.push_back({"extra target", extra.files.target});
  }
  return texts;
}

// Of what is in the file, packed or not.
uint64_t hash_of(const std::string& path) {
  ByteSource source(existing_text_file(path));
  ByteHash hash;
  std::vector<char> buffer(1 << 20);
  for (;;) {
    const size_t count = source.read(buffer);
    if (count == 0) return hash.value();
    hash.add(std::string_view(buffer.data(), count));
  }
}

}  // namespace

std::string text_fingerprint(const Experiment& experiment) {
  std::ostringstream lines;
  for (const NamedText& text : texts_of(experiment)) {
    lines << text.name << " of hash " << std::hex << hash_of(text.path) << '\n';
  }
  return lines.str();
}

}  // namespace rondo
