#pragma once

#include <vector>

#include "app/data/batch.h"
#include "models/seq2seq.h"

namespace rondo {

// The log-probability of each target token, </s> last, with the true tokens fed back (teacher
// forcing): one list a sentence. batch on the model's device, its lengths on the CPU. Puts the
// model in evaluation mode while it runs.
std::vector<std::vector<float>> force_score(Seq2SeqImpl& model, const Batch& batch);

}  // namespace rondo
