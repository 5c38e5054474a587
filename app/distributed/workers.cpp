#include "app/distributed/workers.h"

#include <c10/util/Logging.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <sstream>

#include "app/distributed/process_group.h"
#include "app/distributed/pulse.h"
#include "app/errors.h"

namespace rondo {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// What a worker's copies share.
struct WorkerLink {
  c10::intrusive_ptr<c10d::Store> store{};  // first: the group uses it to its end
  c10::intrusive_ptr<c10d::Backend> group{};
  std::vector<std::string> hosts{};
  std::unique_ptr<Pulse> pulse{};
  milliseconds timeout{};
  double waited = 0;

  // Does what waits for others.
  template <class Wait>
  void wait(const Wait& wait) {
    const auto start = Clock::now();
    pulse->waiting(true);
    try {
      wait();
    } catch (const std::exception& error) {
      pulse->end_after(error.what());
    }
    pulse->waiting(false);
    waited += std::chrono::duration<double>(Clock::now() - start).count();
  }
};

namespace {

// One may train a tokenizer, or read a large text, while the others wait for it.
constexpr std::chrono::hours kPreparation{24};

// It logs what it also throws, each with a trace of the stack. Whoever wants that sets the
// variable.
void silence_c10d() {
  static const bool silenced = [] {
    ::setenv("TORCH_CPP_LOG_LEVEL", "FATAL", 0);
    c10::initLogging();
    return true;
  }();
  static_cast<void>(silenced);
}

std::string host_name() {
  char name[256] = "";
  ::gethostname(name, sizeof name - 1);
  return name;
}

std::string key_of(const char* what, int64_t rank) {
  return std::string(what) + "/" + std::to_string(rank);
}

// Tells the others that this one has come, and waits for them.
std::vector<std::string> meet(const WorkerPlace& place, c10d::Store& store, milliseconds timeout) {
  const std::string host = host_name();
  store.set(key_of("host", place.rank), host);
  const auto until = Clock::now() + timeout;
  std::vector<std::string> hosts;
  for (int64_t rank = 0; rank < place.size; ++rank) {
    while (!store.check({key_of("host", rank)})) {
      if (Clock::now() > until) {
        throw DataError("waited " + std::to_string(timeout.count() / 1000) + " s for " +
                        std::to_string(place.size) + " workers, and rank " + std::to_string(rank) +
                        " did not come; was it started, and can it reach " + place.address + ":" +
                        std::to_string(place.port) + "?");
      }
      ::usleep(20'000);
    }
    const auto bytes = store.get(key_of("host", rank));
    hosts.emplace_back(bytes.begin(), bytes.end());
  }
  return hosts;
}

torch::Tensor tensor_of(const std::string& bytes) {
  torch::Tensor tensor = torch::empty(static_cast<int64_t>(bytes.size()), at::kByte);
  std::memcpy(tensor.data_ptr(), bytes.data(), bytes.size());
  return tensor;
}

std::string bytes_of(const torch::Tensor& tensor) {
  return {static_cast<const char*>(tensor.const_data_ptr()), static_cast<size_t>(tensor.numel())};
}

// "line 3: hidden_size: 128 instead of hidden_size: 256" of two texts that differ.
std::string difference(const std::string& ours, const std::string& theirs) {
  std::istringstream our_lines(ours), their_lines(theirs);
  std::string our, their;
  for (;;) {
    const bool our_end = !std::getline(our_lines, our),
               their_end = !std::getline(their_lines, their);
    if (our_end && their_end) return "";
    if (our_end) our.clear();
    if (their_end) their.clear();
    if (our != their) break;
  }
  const auto shown = [](std::string line) {
    line.erase(0, line.find_first_not_of(' '));
    return line.empty() ? std::string("nothing") : line;
  };
  return shown(their) + ", and not " + shown(our);
}

}  // namespace

Workers::Workers(const WorkerPlace& place, milliseconds timeout) : place_(place) {
  if (alone()) return;
  silence_c10d();
  link_ = std::make_shared<WorkerLink>();
  try {
    link_->store = open_store(place, first() && !place.has_store, timeout);
    link_->hosts = meet(place, *link_->store, timeout);
    link_->group = join_group(place, link_->store, timeout);
    link_->group->setTimeout(kPreparation);
    link_->timeout = timeout;
    link_->pulse =
        std::make_unique<Pulse>(place, open_store(place, false, timeout), link_->hosts, timeout);
  } catch (const DataError&) {
    throw;
  } catch (const std::exception& error) {
    throw DataError("rank " + std::to_string(rank()) + " on " + host_name() +
                    " cannot join the others at " + place.address + ":" +
                    std::to_string(place.port) + ": " + first_line(error.what()));
  }
}

std::string Workers::name_of(int64_t rank) const {
  return "rank " + std::to_string(rank) + (link_ ? " on " + link_->hosts[rank] : "");
}

void Workers::Sum::wait() {
  if (!work_) return;
  link_->wait([&] { work_->wait(); });
  work_.reset();
}

Workers::Sum Workers::start_sum(torch::Tensor& tensor) const {
  Sum sum;
  if (alone()) return sum;
  sum.link_ = link_;
  std::vector<torch::Tensor> tensors{tensor};
  link_->wait([&] { sum.work_ = link_->group->allreduce(tensors); });
  return sum;
}

std::vector<double> Workers::sum(const std::vector<double>& numbers) const {
  if (alone()) return numbers;
  torch::Tensor tensor = torch::tensor(numbers, at::kDouble);
  sum(tensor);
  const double* sums = tensor.const_data_ptr<double>();
  return {sums, sums + numbers.size()};
}

std::vector<std::string> Workers::gather(const std::string& bytes) const {
  if (alone()) return {bytes};
  // Gathering wants equal sizes, so the longest decides.
  torch::Tensor sizes = torch::zeros(size(), at::kLong);
  sizes[rank()] = static_cast<int64_t>(bytes.size());
  sum(sizes);
  const auto most = std::max<int64_t>(sizes.max().item<int64_t>(), 1);
  torch::Tensor own = torch::zeros(most, at::kByte);
  own.narrow(0, 0, static_cast<int64_t>(bytes.size())).copy_(tensor_of(bytes));
  std::vector<torch::Tensor> inputs{own};
  std::vector<std::vector<torch::Tensor>> outputs(1);
  for (int64_t i = 0; i < size(); ++i) outputs[0].push_back(torch::empty_like(own));
  link_->wait([&] { link_->group->allgather(outputs, inputs)->wait(); });
  std::vector<std::string> all;
  for (int64_t i = 0; i < size(); ++i) {
    all.push_back(
        bytes_of(outputs[0][static_cast<size_t>(i)].narrow(0, 0, sizes[i].item<int64_t>())));
  }
  return all;
}

std::string Workers::from_first(const std::string& bytes) const {
  if (alone()) return bytes;
  torch::Tensor length = torch::tensor({static_cast<int64_t>(bytes.size())}, at::kLong);
  std::vector<torch::Tensor> sent{length};
  link_->wait([&] { link_->group->broadcast(sent)->wait(); });
  torch::Tensor data = first() ? tensor_of(bytes) : torch::empty(length.item<int64_t>(), at::kByte);
  if (data.numel() == 0) return "";
  sent = {data};
  link_->wait([&] { link_->group->broadcast(sent)->wait(); });
  return bytes_of(data);
}

torch::Tensor joined_rows(const Workers& workers, const torch::Tensor& own) {
  if (workers.alone()) return own;
  const torch::Tensor rows = own.detach().cpu().contiguous();
  std::vector<int64_t> shape = rows.sizes().vec();
  std::vector<torch::Tensor> parts;
  for (const std::string& bytes : workers.gather(bytes_of(rows.flatten().view(at::kByte)))) {
    shape[0] = -1;
    parts.push_back(tensor_of(bytes).view(rows.scalar_type()).view(shape));
  }
  return torch::cat(parts);
}

void Workers::wait_for_all() const { sum({0.0}); }

void Workers::agree(const std::map<std::string, std::string>& texts) const {
  if (alone()) return;
  for (const auto& [name, text] : texts) {
    const std::vector<std::string> all = gather(text);
    for (int64_t rank = 1; rank < size(); ++rank) {
      const std::string& theirs = all[static_cast<size_t>(rank)];
      if (theirs == all[0]) continue;
      leave();  // all know it: nobody needs to be told
      throw ConfigError(name_of(rank) + " has another " + name + " than " + name_of(0) + ": " +
                        difference(all[0], theirs));
    }
  }
}

void Workers::begin_training() const {
  if (!link_) return;
  wait_for_all();
  link_->group->setTimeout(link_->timeout);
}

void Workers::at_update(int64_t update) const {
  if (link_) link_->pulse->at_update(update);
}

double Workers::seconds_waited() const { return link_ ? link_->waited : 0; }

bool Workers::announce_failure(const std::string& why) const {
  if (!link_) return true;
  if (link_->pulse) return link_->pulse->announce(why);
  return first() || link_->hosts[static_cast<size_t>(rank())] != link_->hosts[0];
}

void Workers::leave() const {
  if (!link_ || !link_->pulse) return;
  wait_for_all();
  link_->pulse.reset();
}

}  // namespace rondo
