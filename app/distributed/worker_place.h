#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace rondo {

// Which of a run's workers this process is, as what launched it says.
struct WorkerPlace {
  int64_t rank = 0;
  int64_t size = 1;           // workers of the run
  int64_t local_rank = 0;     // among those of this host
  std::string address{};      // host of the store where workers meet; rank 0 serves it
  int port = 0;               //
  bool has_store = false;     // the launcher serves it already
  std::string launcher{};     // "torchrun", "mpirun", "srun" or "the environment"
  std::string attempt = "0";  // tells a restarted group from the one before it
  bool restarted = false;     // by the launcher, after a worker was lost

  bool alone() const { return size == 1; }
};

// A variable's value; nullptr where it is not set.
using Environment = std::function<const char*(const char*)>;

// Reads what torchrun, or anybody, sets (RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR, MASTER_PORT;
// https://docs.pytorch.org/docs/stable/elastic/run.html), else what Open MPI's mpirun
// (OMPI_COMM_WORLD_*), MPICH's mpiexec (PMI_*) or Slurm's srun (SLURM_*) do. One worker where none
// has. MASTER_ADDR and MASTER_PORT count whoever launched. Throws ConfigError naming the variable
// that is missing or senseless.
WorkerPlace worker_place(const Environment& environment);
// Of this process.
WorkerPlace worker_place();

// The first of Slurm's list of hosts: "gpu[03-05,9],cpu1" gives "gpu03".
std::string first_host(std::string_view list);

}  // namespace rondo
