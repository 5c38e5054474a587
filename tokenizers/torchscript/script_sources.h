#pragma once

#include <string_view>

namespace rondo {

// The text of tokenizers/torchscript/<name>.py, methods of the exported tokenizer. Throws
// std::out_of_range where there is no such script.
std::string_view tokenizer_script(std::string_view name);

}  // namespace rondo
