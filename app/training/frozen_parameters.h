#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

namespace rondo {

// Takes the parameters whose names begin with one of these out of training: no gradient, and so no
// moments, no update, no time. "member_N." before a name does not count. To be called before the
// optimizer is made. Throws ConfigError where nothing begins so, or where nothing would be left.
void freeze_parameters(torch::nn::Module& network, const std::vector<std::string>& beginnings);

}  // namespace rondo
