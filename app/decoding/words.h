#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Words in the sense of SentencePiece: what stands between spaces, which its pieces show as "▁".
namespace rondo {

bool begins_word(std::string_view piece);

// The word each piece belongs to, counted from 0, or -1 for <s>, </s> and <pad>. The first piece
// begins a word whether it says so or not, and so does the first after a </s>; "▁" alone begins the
// word of the piece behind it.
std::vector<int64_t> words_of(std::span<const std::string> pieces);

}  // namespace rondo
