#include "app/distributed/worker_place.h"

#include <charconv>
#include <cstdlib>
#include <optional>

#include "app/errors.h"

namespace rondo {
namespace {

constexpr int kFirstPort = 29500;  // torch.distributed's
constexpr int kPorts = 2000;       // of jobs that share a host, told apart by their number

constexpr const char* kThisHost = "127.0.0.1";

// The variables by which a launcher says who is who.
struct Names {
  const char* launcher;
  const char* rank;
  const char* size;
  const char* local_rank;
  const char* local_size;  // nullptr: it does not say
};

// SLURM_STEP_NUM_TASKS, not SLURM_NTASKS: the latter is set in a batch script too, where one
// process runs alone.
constexpr Names kLaunchers[] = {
    {"the environment", "RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE"},
    {"mpirun", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK",
     "OMPI_COMM_WORLD_LOCAL_SIZE"},
    {"srun", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_LOCALID", nullptr},
    {"mpiexec", "PMI_RANK", "PMI_SIZE", "MPI_LOCALRANKID", "MPI_LOCALNRANKS"},
};

std::string text_of(const Environment& environment, const char* name) {
  const char* value = name ? environment(name) : nullptr;
  return value ? value : "";
}

std::optional<int64_t> number_of(const Environment& environment, const char* name) {
  const std::string text = text_of(environment, name);
  if (text.empty()) return std::nullopt;
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number >= 0) return number;
  throw ConfigError(std::string(name) + "=" + text + ": not a number that a launcher would set");
}

// Jobs of one launcher that share a host must not meet at one port.
int port_of_job(const Environment& environment) {
  size_t job = 0;
  for (const char* name : {"SLURM_JOB_ID", "SLURM_STEP_ID", "PMIX_NAMESPACE"}) {
    const std::string text = text_of(environment, name);
    if (!text.empty()) job = job * 31 + std::hash<std::string>()(text);
  }
  return kFirstPort + static_cast<int>(job % kPorts);
}

std::string address_of(const Environment& environment, const Names& names, int64_t size) {
  const std::string given = text_of(environment, "MASTER_ADDR");
  if (!given.empty()) return given;
  const std::string hosts = text_of(environment, "SLURM_STEP_NODELIST");
  if (std::string_view(names.launcher) == "srun" && !hosts.empty()) return first_host(hosts);
  if (number_of(environment, names.local_size) == size) return kThisHost;
  throw ConfigError(std::string("MASTER_ADDR is not set: ") + names.launcher + " started " +
                    std::to_string(size) +
                    " workers, and none knows at which host's address rank 0 is; set " +
                    "MASTER_ADDR for all of them");
}

WorkerPlace place_of(const Environment& environment, const Names& names) {
  const int64_t size = *number_of(environment, names.size);
  const auto rank = number_of(environment, names.rank);
  if (!rank) {
    throw ConfigError(std::string(names.size) + " is set, but not " + names.rank +
                      ", by which a worker knows which it is");
  }
  if (size < 1 || *rank >= size) {
    throw ConfigError(std::string(names.rank) + "=" + std::to_string(*rank) + " and " + names.size +
                      "=" + std::to_string(size) + ": ranks go from 0 to one less than the size");
  }
  WorkerPlace place{.rank = *rank, .size = size, .launcher = names.launcher};
  place.local_rank = number_of(environment, names.local_rank).value_or(place.rank);
  if (size == 1) return place;
  place.address = address_of(environment, names, size);
  place.port =
      static_cast<int>(number_of(environment, "MASTER_PORT").value_or(port_of_job(environment)));
  return place;
}

// torchrun serves the store itself, and keeps it when it starts workers anew.
void add_torchrun(const Environment& environment, WorkerPlace& place) {
  const auto restarts = number_of(environment, "TORCHELASTIC_RESTART_COUNT");
  if (!restarts) return;
  place.launcher = "torchrun";
  place.restarted = *restarts > 0;
  place.has_store = text_of(environment, "TORCHELASTIC_USE_AGENT_STORE") == "True";
  place.attempt = text_of(environment, "TORCHELASTIC_RUN_ID") + "/" + std::to_string(*restarts);
}

}  // namespace

WorkerPlace worker_place(const Environment& environment) {
  for (const Names& names : kLaunchers) {
    if (!number_of(environment, names.size)) continue;
    WorkerPlace place = place_of(environment, names);
    add_torchrun(environment, place);
    return place;
  }
  return {};
}

WorkerPlace worker_place() {
  return worker_place([](const char* name) { return std::getenv(name); });
}

std::string first_host(std::string_view list) {
  const size_t bracket = list.find('[');
  const size_t comma = list.find(',');
  if (bracket == std::string_view::npos || comma < bracket)
    return std::string(list.substr(0, comma));
  const std::string_view numbers = list.substr(bracket + 1);
  const size_t number_end = numbers.find_first_of(",-]");
  const size_t close = numbers.find(']');
  std::string host(list.substr(0, bracket));
  host += numbers.substr(0, number_end);
  if (close == std::string_view::npos) return host;
  const std::string_view rest = numbers.substr(close + 1);  // "-ib,other"
  return host + std::string(rest.substr(0, rest.find(',')));
}

}  // namespace rondo
