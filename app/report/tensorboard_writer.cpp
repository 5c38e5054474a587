#include "app/report/tensorboard_writer.h"

#include <unistd.h>

#include <array>
#include <chrono>
#include <string>
#include <system_error>

#include "app/errors.h"
#include "app/report/event_record.h"

namespace rondo {
namespace {

double seconds_since_1970() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

std::string host_name() {
  std::array<char, 65> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "host";
}

}  // namespace

TensorboardWriter::TensorboardWriter(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const double now = seconds_since_1970();
  const std::string name = "events.out.tfevents." + std::to_string(static_cast<int64_t>(now)) +
                           "." + host_name() + "." + std::to_string(::getpid());
  file_.open(folder / name, std::ios::binary | std::ios::app);
  if (!file_) throw DataError("cannot write " + (folder / name).string());
  file_ << tf_record(version_event(now)) << std::flush;
}

void TensorboardWriter::add_scalar(std::string_view tag, int64_t step, double value) {
  const auto single = static_cast<float>(value);
  file_ << tf_record(scalar_event(seconds_since_1970(), step, tag, single)) << std::flush;
}

void TensorboardWriter::add_text(std::string_view tag, int64_t step, std::string_view markdown) {
  file_ << tf_record(text_event(seconds_since_1970(), step, tag, markdown)) << std::flush;
}

void TensorboardWriter::add_histogram(std::string_view tag, int64_t step,
                                      const Histogram& histogram) {
  file_ << tf_record(histogram_event(seconds_since_1970(), step, tag, histogram)) << std::flush;
}

void TensorboardWriter::add_image(std::string_view tag, int64_t step, const GreyImage& image) {
  file_ << tf_record(image_event(seconds_since_1970(), step, tag, to_png(image))) << std::flush;
}

}  // namespace rondo
