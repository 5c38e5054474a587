#pragma once

#include <string>

#include "app/config/key.h"

namespace rondo {

// "unknown key; did you mean batch_size?" for a name that a section does not have. A key of exactly
// this name elsewhere goes before a similar one here, which goes before a similar one elsewhere.
std::string unknown_key(const Key& root, const Key& section, const std::string& name);

// parent.name, or the name alone at the top.
std::string joined_path(const std::string& parent, const std::string& name);

}  // namespace rondo
