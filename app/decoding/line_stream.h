#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

namespace rondo {

// The next line into the argument, or false at the end. Called from a thread of its own.
using LineSource = std::function<bool(std::string&)>;

// Takes the next lines, in order. False to stop early (nobody reads the output any more).
using LineWork = std::function<bool(std::span<const std::string>)>;

// How many lines are taken at once: what is there, at most `first` at the beginning and then twice
// as many each time up to `most`. So the first answers come soon, a line typed into a pipe is
// answered at once, and a long file is worked on in large pieces.
struct LineWindow {
  size_t first = 64;
  size_t most = 64 * 32;
};

// Feeds work with lines while another thread reads on, at most window.most lines ahead. Returns
// when the lines end or work returns false; rethrows what either throws, lines read before it
// first. A source that still waits for input then is left waiting, so it must own what it reads
// from.
void stream_lines(LineSource source, const LineWork& work, const LineWindow& window = {});

}  // namespace rondo
