#include "app/decoding/model_shortlist.h"

#include "app/alignment/lexicon_text.h"
#include "app/errors.h"

namespace rondo {
namespace {

std::shared_ptr<const LexicalTable> table_of(const TranslationModel& model,
                                             const std::string& name) {
  if (name != kShortlistInModel) {
    return std::make_shared<LexicalTable>(
        read_lexicon(name, *model.source_tokenizer, *model.target_tokenizer));
  }
  if (model.shortlist) return model.shortlist;
  throw ConfigError(
      "testing.shortlist: the model file holds no shortlist; `rondo shortlist MODEL SRC TGT -o "
      "NEW.rondo` writes one that does");
}

}  // namespace

std::optional<Shortlist> model_shortlist(const TranslationModel& model,
                                         const ShortlistOptions& options) {
  if (options.table.empty()) return std::nullopt;
  return Shortlist(table_of(model, options.table), options, model.target_tokenizer->size(),
                   model.source_tokenizer == model.target_tokenizer);
}

}  // namespace rondo
