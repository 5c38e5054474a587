#include "app/tasks/loaded_encoder.h"

#include <cmath>

#include "app/errors.h"
#include "app/tasks/sentiment_setup.h"
#include "app/tasks/task_setup.h"
#include "app/tasks/translation_setup.h"
#include "tests/app/tasks/saved_translator.h"
#include "tests/app/tasks/small_reviews.h"
#include "tests/support/errors.h"

// What training.load_encoder gives to another task.
namespace rondo {

TEST_CASE("a classifier begins with the encoder of a translator and sees the same", "[tasks]") {
  const bool tied = GENERATE(true, false);
  const SavedTranslator saved(/*joint=*/true, tied);
  const SmallReviews reviews;
  Experiment experiment = reviews.experiment();
  experiment.classifier.encoder = saved.model.experiment.model.encoder;
  experiment.classifier.members = 2;
  experiment.training.load_encoder = saved.path;
  std::vector<std::string> notes;
  SentimentModel model = make_sentiment_model(experiment, &notes);
  CHECK(notes == std::vector<std::string>{"encoder and embedding from " + saved.path.string() +
                                          ", a model for translation"});
  CHECK(model.tokenizer->serialized() == saved.model.source_tokenizer->serialized());
  const auto tokens = torch::tensor({{5, 9}, {17, 3}, {3, 0}}, torch::kInt64);
  Seq2Seq translator = saved.model.network;
  for (ClassifierImpl* member : model.network->members()) {
    CHECK(torch::allclose(member->embed(tokens), translator->encoder()->embed(tokens)));
    CHECK(weights_of(*member)
              .at("encoder.backward_0.weight_hh")
              .equal(weights_of(*translator).at("encoder.backward_0.weight_hh")));
  }
}

TEST_CASE("a translator begins with the encoder of a classifier and sees the same", "[tasks]") {
  const SmallReviews reviews;
  Experiment sentiment = reviews.experiment();
  sentiment.classifier.members = 2;
  const SentimentModel saved = make_sentiment_model(sentiment);
  const auto path = reviews.folder / "model.rondo";
  write_tensor_file(path, to_tensor_file(saved));

  const SmallText text;
  Experiment experiment = text.experiment();
  experiment.tokenizer.joint = GENERATE(true, false);
  experiment.tokenizer.vocab_size = 45;
  experiment.model.encoder = sentiment.classifier.encoder;
  experiment.training.load_encoder = path;
  TranslationModel model = make_translation_model(experiment);
  CHECK(model.source_tokenizer->serialized() == saved.tokenizer->serialized());
  CHECK((model.target_tokenizer == model.source_tokenizer) == experiment.tokenizer.joint);
  const auto tokens = torch::tensor({{5, 9}, {17, 3}, {3, 0}}, torch::kInt64);
  Classifier classifier = saved.network;
  CHECK(torch::allclose(model.network->encoder()->embed(tokens),
                        classifier->members()[0]->embed(tokens), 1e-5, 1e-6));
}

TEST_CASE("an encoder's embedding follows a new tokenizer, in its own scale", "[tasks]") {
  const SavedTranslator saved;
  const SmallReviews reviews;
  Experiment experiment = reviews.experiment();
  experiment.classifier.encoder = saved.model.experiment.model.encoder;
  experiment.training.load_encoder = saved.path;
  experiment.training.reset_tokenizer = true;
  std::vector<std::string> notes;
  const SentimentModel model = make_sentiment_model(experiment, &notes);
  REQUIRE(notes.size() == 2);
  const auto old = weights_of(*saved.model.network).at("source_embedding.weight") * std::sqrt(24.0);
  check_rows(*saved.model.source_tokenizer, old, *model.tokenizer,
             weights_of(*model.network).at("embedding.weight"));
}

TEST_CASE("an encoder of other sizes is refused with the key to change", "[tasks]") {
  const SavedTranslator saved;
  const std::string path = saved.path.string();
  Experiment fitting = saved.text.experiment();
  fitting.training.load_encoder = path;
  CHECK_NOTHROW(make_translation_model(fitting));
  const auto refusal = [&](auto change) {
    Experiment experiment = fitting;
    change(experiment.model.encoder);
    return message_of<DataError>([&] { make_translation_model(experiment); });
  };
  CHECK(refusal([](EncoderOptions& encoder) { encoder.hidden_size = 20; }) ==
        path +
            ": does not fit: its model.encoder.hidden_size is 24, the experiment's 20; set it "
            "to 24");
  CHECK(refusal([](EncoderOptions& encoder) { encoder.rnn_type = RnnType::gru; }) ==
        path +
            ": does not fit: its model.encoder.rnn_type is lstm, the experiment's gru; set it "
            "to lstm");
  CHECK(refusal([](EncoderOptions& encoder) { encoder.residual = true; }) ==
        path +
            ": does not fit: its model.encoder.residual is false, the experiment's true; set "
            "it to false");
}

TEST_CASE("a model of no text has no encoder to give", "[tasks]") {
  const SavedTranslator saved;
  Experiment memory = default_experiment(TaskType::memory);
  memory.name = "memory";
  TensorFile file = read_tensor_file(saved.path);
  file.metadata["task"] = "memory";
  file.metadata["config"] = to_yaml(memory);
  write_tensor_file(saved.path, file);
  CHECK(message_of<DataError>([&] { load_encoder(saved.path, {}); }) ==
        saved.path.string() +
            ": is a model for memory; training.load_encoder wants a translator, a classifier or a "
            "language model");
}

}  // namespace rondo
