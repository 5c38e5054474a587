#include "app/config/experiment_keys.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

Key folder_key(std::filesystem::path& folder) {
  Key made = key("model_dir", folder, "the folder this run writes; runs/<name> unless given");
  made.derived = true;
  return made;
}

}  // namespace

Key tokenizer_keys(TokenizerOptions& o) {
  return section(
      "tokenizer", "how text becomes pieces; trained on the training text (Kudo & Richardson 2018)",
      {
          key("model_type", o.model_type, "what a piece is; unigram and bpe split rare words"),
          key("vocab_size", o.vocab_size, at_least(kSpecialTokens + 1),
              "pieces, the four special tokens included"),
          key("joint", o.joint, "one model for source and target, else one for each"),
          key("character_coverage", o.character_coverage, closed(0.98, 1),
              "share of the text's characters that get a piece; 0.9995 for Chinese or Japanese"),
          key("byte_fallback", o.byte_fallback, "unseen characters become bytes instead of <unk>"),
          key("lowercase", o.lowercase, "fold case; translations then come out in lower case"),
          key("input_sentence_size", o.input_sentence_size, at_least(0),
              "lines sampled to train the model on; 0 = all"),
          key("num_threads", o.num_threads, closed(0, 1024),
              "threads of its training, which change the model a little; 0 = 16"),
          key("random_seed", o.random_seed, closed(0, UINT32_MAX), "seed of its training"),
          key("alpha", o.alpha, at_least(0),
              "subword sampling: unigram's temperature or BPE-dropout's probability; 0 = off"),
          key("nbest_size", o.nbest_size, at_least(-1),
              "unigram samples among this many best segmentations; -1 = all"),
      });
}

Key testing_keys(TestingOptions& o) {
  SearchOptions& search = o.search;
  return section(
      "testing", "how text is translated, at validation and afterwards",
      {
          key("beam_size", search.beam_size, at_least(1), "hypotheses kept a step; 1 = greedy"),
          key("beam_alpha", search.beam_alpha, at_least(0),
              "length normalisation ((5 + length) / 6)^alpha (Wu et al. 2016); 0 = off"),
          key("coverage_penalty", search.coverage_penalty, at_least(0),
              "beta of Wu et al. 2016, against skipped source words; 0 = off"),
          key("min_length_ratio", search.min_length_ratio, at_least(0),
              "least length of a translation, as a share of the source's pieces"),
          key("max_length_ratio", search.max_length_ratio, above(0),
              "greatest length of a translation, as a share of the source's pieces, plus 10"),
          key("no_repeat_ngram_size", search.no_repeat_ngram_size, at_least(0),
              "no n-gram of this many pieces comes twice; 0 = off"),
          key("n_best", search.n_best, at_least(1), "translations a sentence, at most beam_size"),
          key("generate_unk", search.generate_unk, "whether <unk> may be put out"),
          key("batch_size", o.batch_size, at_least(1), "sentences translated at once"),
          key("max_input_length", o.max_input_length, at_least(1),
              "source pieces; longer input is split at sentence ends"),
          key("crop_long_input", o.crop_long_input, "crop longer input instead of splitting it"),
          key("shortlist", o.shortlist.table,
              "a file of `rondo shortlist`: only the target pieces that it gives for a batch's "
              "source are considered; model = the one in the model file; empty = all pieces, as "
              "wherever training measures itself"),
          key("shortlist_first", o.shortlist.first, at_least(0),
              "the most frequent target pieces, always in the shortlist"),
          key("shortlist_best", o.shortlist.best, at_least(0),
              "likeliest target pieces of each source piece in the shortlist"),
          key("shortlist_threshold", o.shortlist.threshold, closed(0, 1),
              "least probability of these"),
      });
}

namespace {

Key transfer_training_keys(Experiment& o) {
  Key training = training_keys(o.training, o.batching);
  std::ranges::move(transfer_keys(o.training), std::back_inserter(training.keys));
  return training;
}

Key sentiment_training_keys(Experiment& o) {
  Key training = transfer_training_keys(o);
  std::ranges::move(classifying_keys(o.classifying, o.training), std::back_inserter(training.keys));
  return training;
}

Key translation_training_keys(Experiment& o) {
  Key training = transfer_training_keys(o);
  training.keys.push_back(sampled_softmax_key(o.training));
  return training;
}

std::vector<Key> task_keys(Experiment& o) {
  if (o.task == TaskType::sentiment) {
    return {labelled_data_keys(o.labelled), tokenizer_keys(o.tokenizer),
            classifier_keys(o.classifier), sentiment_training_keys(o), scoring_keys(o.scoring)};
  }
  if (o.task == TaskType::language_model) {
    return {text_data_keys(o.labelled), tokenizer_keys(o.tokenizer),
            language_model_keys(o.classifier), training_keys(o.training, o.batching)};
  }
  if (o.task == TaskType::memory) {
    return {memory_data_keys(o.memory), sequence_reader_keys(o.reader),
            training_keys(o.training, o.batching)};
  }
  return {data_keys(o.data), tokenizer_keys(o.tokenizer), model_keys(o.model),
          translation_training_keys(o), testing_keys(o.testing)};
}

}  // namespace

Key experiment_keys(Experiment& o) {
  std::vector<Key> keys{required(key("name", o.name, "what this experiment is called")),
                        key("task", o.task, "what is learned; other keys depend on it"),
                        folder_key(o.model_dir)};
  std::ranges::move(task_keys(o), std::back_inserter(keys));
  keys.push_back(renamed_key("use_cuda", "training.device: auto, cpu or cuda"));
  keys.push_back(renamed_key("fp16", "training.precision: auto, fp32 or bf16"));
  return section("", "", std::move(keys));
}

}  // namespace rondo
