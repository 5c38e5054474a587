#include "app/distributed/pulse.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <sstream>

namespace rondo {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kGrace{3000};  // for others to notice, or to be noticed
constexpr int kBeatsMissed = 4;       // of a worker whose process is gone

const std::string kFailure = "failure";
const std::string kHeard = "heard";

std::vector<uint8_t> bytes_of(const std::string& text) { return {text.begin(), text.end()}; }
std::string text_of(const std::vector<uint8_t>& bytes) { return {bytes.begin(), bytes.end()}; }

std::string beat_key(int64_t rank) { return "beat/" + std::to_string(rank); }

std::string seconds_text(milliseconds time) {
  return std::to_string((time.count() + 500) / 1000) + " s";
}

}  // namespace

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

Pulse::Pulse(const WorkerPlace& place, c10::intrusive_ptr<c10d::Store> store,
             std::vector<std::string> hosts, Milliseconds timeout)
    : place_(place),
      store_(std::move(store)),
      hosts_(std::move(hosts)),
      timeout_(timeout),
      interval_(std::clamp(timeout / 30, milliseconds(50), milliseconds(1000))),
      beats_(static_cast<size_t>(place.size)) {
  for (Beat& beat : beats_) beat.changed = Clock::now();
  thread_ = std::thread([this] { run(); });
}

Pulse::~Pulse() {
  {
    const std::lock_guard lock(mutex_);
    leaving_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Pulse::run() {
  std::unique_lock lock(mutex_);
  while (!leaving_) {
    lock.unlock();
    try {
      beat();
      look();
    } catch (const std::exception& error) {
      end_without_store(error.what());
    }
    lock.lock();
    changed_.wait_for(lock, interval_, [this] { return leaving_ || !own_failure_.empty(); });
  }
  lock.unlock();
  try {
    store_->set(beat_key(place_.rank), bytes_of("left"));
  } catch (const std::exception&) {
    // Rank 0, whose store it is, may have left first.
  }
}

void Pulse::beat() {
  std::ostringstream text;
  text << ++count_ << ' ' << update_ << ' ' << waiting_;
  store_->set(beat_key(place_.rank), bytes_of(text.str()));
}

void Pulse::look() {
  publish_own_failure();
  if (store_->check({kFailure})) {
    std::istringstream text(text_of(store_->get(kFailure)));
    int64_t culprit = 0;
    std::string line;
    text >> culprit;
    std::getline(text >> std::ws, line);
    if (culprit != place_.rank) end(culprit, line);
  }
  check_others();
}

void Pulse::publish_own_failure() {
  std::string why;
  {
    const std::lock_guard lock(mutex_);
    if (own_failure_.empty()) return;
    why = std::exchange(own_failure_, "");
  }
  const std::string text = std::to_string(place_.rank) + " " + name_of(place_.rank) + ": " + why;
  store_->compareSet(kFailure, {}, bytes_of(text));
  {
    const std::lock_guard lock(mutex_);
    published_ = true;
  }
  changed_.notify_all();
}

void Pulse::check_others() {
  const auto now = Clock::now();
  for (int64_t rank = 0; rank < place_.size; ++rank) {
    if (rank == place_.rank || !store_->check({beat_key(rank)})) continue;
    Beat& beat = beats_[static_cast<size_t>(rank)];
    const std::string text = text_of(store_->get(beat_key(rank)));
    if (text != beat.text) {
      beat.text = text;
      beat.changed = now;
      int64_t count = 0;
      std::istringstream(text) >> count >> beat.update >> beat.waiting;
    }
    if (now - beat.changed < timeout_ || text == "left") continue;
    publish_and_end(rank, "has shown no sign of life for " + seconds_text(timeout_) +
                              "; it was stopped or cut off");
  }
  std::string error;
  Time since;
  {
    const std::lock_guard lock(mutex_);
    error = error_;
    since = error_since_;
  }
  if (!error.empty()) find_fault(error, since);
}

// Whoever lives has shown it since the error; who has not, or is behind all others, is to blame.
void Pulse::find_fault(const std::string& error, Time since) {
  const auto now = Clock::now();
  if (now - since < kBeatsMissed * interval_) return;
  for (int64_t rank = 0; rank < place_.size; ++rank) {
    const Beat& beat = beats_[static_cast<size_t>(rank)];
    if (rank == place_.rank || beat.text == "left" || beat.changed >= since + interval_) continue;
    publish_and_end(rank, "is gone: it was killed, it crashed, or it was cut off");
  }
  for (int64_t rank = 0; rank < place_.size; ++rank) {
    const Beat& beat = beats_[static_cast<size_t>(rank)];
    if (rank == place_.rank || beat.waiting || beat.update > update_) continue;
    publish_and_end(rank, "hangs: it lives, but has not come to the end of update " +
                              std::to_string(beat.update + 1) + ", where others wait for it");
  }
  publish_and_end(place_.rank, "lost the others: " + first_line(error));
}

std::string Pulse::name_of(int64_t rank) const {
  return "rank " + std::to_string(rank) + " on " + hosts_[static_cast<size_t>(rank)];
}

bool Pulse::says_of(int64_t culprit) const {
  const std::string& own_host = hosts_[static_cast<size_t>(place_.rank)];
  if (culprit == 0) return place_.rank == 1 || (place_.local_rank == 0 && own_host != hosts_[1]);
  return place_.rank == 0 || (culprit == place_.rank && own_host != hosts_[0]);
}

void Pulse::publish_and_end(int64_t culprit, const std::string& why) {
  const std::string line = name_of(culprit) + " " + why;
  const std::string text = std::to_string(culprit) + " " + line;
  // What was said first counts.
  const std::string first = text_of(store_->compareSet(kFailure, {}, bytes_of(text)));
  if (first == text || first.empty()) end(culprit, line);
  const size_t space = first.find(' ');
  end(std::stoll(first), first.substr(space + 1));
}

// Rank 0 takes the store with it, so it goes last.
void Pulse::end(int64_t culprit, const std::string& line) {
  if (says_of(culprit)) std::cerr << "rondo: " + line + "; all workers end\n" << std::flush;
  try {
    store_->add(kHeard, 1);
    const auto until = Clock::now() + std::max<milliseconds>(kGrace, 3 * interval_);
    while (place_.rank == 0 && store_->add(kHeard, 0) < place_.size && Clock::now() < until) {
      std::this_thread::sleep_for(milliseconds(50));
    }
  } catch (const std::exception&) {
    // The store is gone: so is everybody who would have heard.
  }
  ::_exit(1);
}

void Pulse::end_without_store(const std::string& error) {
  const std::string store = place_.has_store ? "the launcher's store at " + place_.address + ":" +
                                                   std::to_string(place_.port)
                                             : name_of(0);
  if (says_of(0) || place_.has_store) {
    std::cerr << "rondo: " + store + " is gone (" + first_line(error) + "); all workers end\n"
              << std::flush;
  }
  ::_exit(1);
}

bool Pulse::announce(const std::string& why) {
  std::unique_lock lock(mutex_);
  own_failure_ = first_line(why);
  changed_.notify_all();
  changed_.wait_for(lock, kGrace, [this] { return published_; });
  if (!published_) return true;
  lock.unlock();
  const auto heard_by = Clock::now() + std::max<milliseconds>(kGrace, 3 * interval_);
  // Rank 0's store must stay until the others have read it; the pulse counts who has.
  while (place_.rank == 0 && Clock::now() < heard_by) std::this_thread::sleep_for(milliseconds(50));
  return place_.rank == 0 || hosts_[static_cast<size_t>(place_.rank)] != hosts_[0];
}

void Pulse::end_after(const std::string& error) {
  std::unique_lock lock(mutex_);
  error_ = error;
  error_since_ = Clock::now();
  // The thread ends the process; where it is itself caught in a call to the store, nothing else
  // can be learnt.
  changed_.wait_for(lock, std::max<milliseconds>(2 * kGrace, 2 * kBeatsMissed * interval_),
                    [] { return false; });
  lock.unlock();
  end_without_store(error);
}

}  // namespace rondo
