#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/report/histogram.h"
#include "app/report/png.h"

// The bytes of TensorBoard's event files: TFRecord frames around Event messages of protocol
// buffers.
namespace rondo {

// Length, its checksum, payload, its checksum.
std::string tf_record(std::string_view payload);

// Events; wall_time in seconds since 1970. Field numbers are those of tensorboard's event.proto,
// summary.proto, histogram.proto and tensor.proto.
std::string version_event(double wall_time);
std::string scalar_event(double wall_time, int64_t step, std::string_view tag, float value);
std::string text_event(double wall_time, int64_t step, std::string_view tag, std::string_view text);
std::string histogram_event(double wall_time, int64_t step, std::string_view tag,
                            const Histogram& histogram);
std::string image_event(double wall_time, int64_t step, std::string_view tag, const Png& image);

}  // namespace rondo
