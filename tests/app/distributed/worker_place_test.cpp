#include "app/distributed/worker_place.h"

#include <map>

#include "app/errors.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

using Variables = std::map<std::string, std::string>;

WorkerPlace place_in(const Variables& variables) {
  return worker_place([&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

const Variables kTorchrun{{"RANK", "5"},
                          {"WORLD_SIZE", "8"},
                          {"LOCAL_RANK", "1"},
                          {"MASTER_ADDR", "10.0.0.3"},
                          {"MASTER_PORT", "4711"},
                          {"TORCHELASTIC_RUN_ID", "job"},
                          {"TORCHELASTIC_RESTART_COUNT", "2"},
                          {"TORCHELASTIC_USE_AGENT_STORE", "True"}};

}  // namespace

TEST_CASE("a process that nobody launched is alone", "[distributed]") {
  const WorkerPlace place = place_in({});
  CHECK(place.alone());
  CHECK(place.rank == 0);
}

TEST_CASE("torchrun says which worker a process is", "[distributed]") {
  const WorkerPlace place = place_in(kTorchrun);
  CHECK(place.launcher == "torchrun");
  CHECK(place.rank == 5);
  CHECK(place.size == 8);
  CHECK(place.local_rank == 1);
  CHECK(place.address == "10.0.0.3");
  CHECK(place.port == 4711);
  CHECK(place.has_store);
  CHECK(place.restarted);
  CHECK(place.attempt == "job/2");
}

TEST_CASE("mpirun on one host needs no address", "[distributed]") {
  Variables variables{{"OMPI_COMM_WORLD_RANK", "1"},
                      {"OMPI_COMM_WORLD_SIZE", "2"},
                      {"OMPI_COMM_WORLD_LOCAL_RANK", "1"},
                      {"OMPI_COMM_WORLD_LOCAL_SIZE", "2"}};
  const WorkerPlace place = place_in(variables);
  CHECK(place.launcher == "mpirun");
  CHECK(place.address == "127.0.0.1");
  CHECK_FALSE(place.has_store);
  variables["OMPI_COMM_WORLD_LOCAL_SIZE"] = "1";
  CHECK_THROWS_AS(place_in(variables), ConfigError);
  CHECK_THROWS_WITH(place_in(variables), ContainsSubstring("MASTER_ADDR"));
  variables["MASTER_ADDR"] = "node1";
  CHECK(place_in(variables).address == "node1");
}

TEST_CASE("srun's workers meet at the first host of the step", "[distributed]") {
  Variables variables{{"SLURM_PROCID", "3"},
                      {"SLURM_LOCALID", "1"},
                      {"SLURM_STEP_NUM_TASKS", "4"},
                      {"SLURM_JOB_ID", "99"},
                      {"SLURM_STEP_NODELIST", "gpu[03-04],cpu1"}};
  const WorkerPlace place = place_in(variables);
  CHECK(place.launcher == "srun");
  CHECK(place.rank == 3);
  CHECK(place.address == "gpu03");
  variables["SLURM_JOB_ID"] = "100";
  CHECK(place_in(variables).port != place.port);
}

TEST_CASE("a batch script of Slurm, whose one process has a rank too, is alone", "[distributed]") {
  CHECK(place_in({{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "4"}}).alone());
}

TEST_CASE("the first host of a list of Slurm's", "[distributed]") {
  CHECK(first_host("node") == "node");
  CHECK(first_host("a,b[1-2]") == "a");
  CHECK(first_host("gpu[03-05,9],cpu1") == "gpu03");
  CHECK(first_host("rack[7]-ib,other") == "rack7-ib");
}

TEST_CASE("what a launcher would not set is an error that names it", "[distributed]") {
  Variables variables = kTorchrun;
  variables["RANK"] = "8";
  CHECK_THROWS_WITH(place_in(variables), ContainsSubstring("RANK=8"));
  variables["RANK"] = "x";
  CHECK_THROWS_WITH(place_in(variables), ContainsSubstring("RANK=x"));
  variables.erase("RANK");
  CHECK_THROWS_WITH(place_in(variables), ContainsSubstring("not RANK"));
}

}  // namespace rondo
