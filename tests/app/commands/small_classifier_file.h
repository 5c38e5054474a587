#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <string>

#include "app/storage/sentiment_model.h"
#include "app/tasks/sentiment_setup.h"
#include "tests/app/tasks/small_reviews.h"

namespace rondo {

// What a run of the program leaves behind.
struct Finished {
  int status = -1;
  std::string out{}, messages{};
};

// A classifier of two labels, neg and pos, untrained, in a file; and the program to run it with.
struct SmallClassifierFile {
  SmallClassifierFile() {
    write_tensor_file(model, to_tensor_file(make_sentiment_model(reviews.experiment())));
  }

  // Runs shell text in which RONDO stands for the program and MODEL for the file.
  Finished run(std::string command) const {
    const auto replace = [&](const std::string& name, const std::string& value) {
      for (size_t at = 0; (at = command.find(name, at)) != std::string::npos; at += value.size()) {
        command.replace(at, name.size(), value);
      }
    };
    replace("MODEL", '"' + model.string() + '"');
    replace("RONDO", "OMP_NUM_THREADS=1 \"" RONDO_PROGRAM "\"");
    const auto folder = reviews.folder.path();
    const std::string all = "cd '" + folder.string() + "' && (" + command + ") >out 2>messages";
    const int status = std::system(all.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_bytes(folder / "out"),
            read_bytes(folder / "messages")};
  }

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(reviews.folder / name, std::ios::binary) << bytes;
  }

  SmallReviews reviews;
  std::filesystem::path model = reviews.folder / "reviews.rondo";
};

}  // namespace rondo
