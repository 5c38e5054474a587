#include "app/data/byte_source.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "app/errors.h"

namespace rondo {
namespace {

constexpr int kGzipOnly = 15 + 16;  // zlib's window bits for the largest window and a gzip header

bool begins_like_gzip(std::span<const char> bytes) {
  return bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

}  // namespace

struct ByteSource::Impl {
  explicit Impl(const std::string& path);
  ~Impl();

  void fill();
  void detect_gzip();
  size_t copy(std::span<char> buffer);
  size_t inflate_into(std::span<char> buffer);
  [[noreturn]] void fail(const std::string& reason) const { throw DataError(name + ": " + reason); }

  std::string name;
  int descriptor = -1;
  bool owns_descriptor = false;
  bool started = false;
  bool gzip = false;
  bool member_ended = false;  // between two gzip members of one file
  z_stream zlib{};
  std::array<char, 1 << 16> raw{};
  std::span<const char> unread;  // the part of raw not yet handed on; empty at the end after fill
};

ByteSource::Impl::Impl(const std::string& path) : name(path == "-" ? "standard input" : path) {
  if (path == "-") {
    descriptor = STDIN_FILENO;
    return;
  }
  descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail(std::string("cannot be opened: ") + std::strerror(errno));
  owns_descriptor = true;
}

ByteSource::Impl::~Impl() {
  if (gzip) inflateEnd(&zlib);
  if (owns_descriptor) ::close(descriptor);
}

// Replaces what is unread, which must be empty but for the first byte of a file, by the next bytes.
void ByteSource::Impl::fill() {
  const size_t kept = unread.size();
  ssize_t count = -1;
  do {
    count = ::read(descriptor, raw.data() + kept, raw.size() - kept);
  } while (count < 0 && errno == EINTR);
  if (count < 0) fail(std::string("cannot be read: ") + std::strerror(errno));
  unread = std::span<const char>(raw.data(), kept + static_cast<size_t>(count));
}

void ByteSource::Impl::detect_gzip() {
  started = true;
  fill();
  if (unread.size() == 1 && unread[0] == '\x1f')
    fill();  // a pipe may bring the two bytes one by one
  gzip = begins_like_gzip(unread);
  if (gzip && inflateInit2(&zlib, kGzipOnly) != Z_OK) fail("no memory to decompress it");
}

size_t ByteSource::Impl::copy(std::span<char> buffer) {
  if (unread.empty()) fill();
  const size_t count = std::min(buffer.size(), unread.size());
  std::memcpy(buffer.data(), unread.data(), count);
  unread = unread.subspan(count);
  return count;
}

size_t ByteSource::Impl::inflate_into(std::span<char> buffer) {
  zlib.next_out = reinterpret_cast<Bytef*>(buffer.data());
  zlib.avail_out = static_cast<uInt>(buffer.size());
  while (zlib.avail_out == buffer.size()) {
    if (unread.empty()) fill();
    if (unread.empty() && member_ended) return 0;
    if (unread.empty()) fail("the gzip file is cut short");
    if (member_ended) inflateReset(&zlib);  // gzip files may be joined end to end
    zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(unread.data()));
    zlib.avail_in = static_cast<uInt>(unread.size());
    const int status = inflate(&zlib, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END) fail("the gzip file is damaged");
    unread = unread.last(zlib.avail_in);
    member_ended = status == Z_STREAM_END;
  }
  return buffer.size() - zlib.avail_out;
}

ByteSource::ByteSource(const std::string& path) : impl_(std::make_unique<Impl>(path)) {}
ByteSource::ByteSource(const std::string& path, int64_t offset) : ByteSource(path) {
  if (offset == 0) return;
  if (::lseek(impl_->descriptor, offset, SEEK_SET) != offset) {
    impl_->fail(std::string("cannot be read from its middle: ") + std::strerror(errno));
  }
  impl_->started = true;
}
ByteSource::~ByteSource() = default;
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;

size_t ByteSource::read(std::span<char> buffer) {
  if (!impl_->started) impl_->detect_gzip();
  return impl_->gzip ? impl_->inflate_into(buffer) : impl_->copy(buffer);
}

bool ByteSource::compressed() const { return impl_->gzip; }

bool ByteSource::ready() const {
  if (!impl_->unread.empty()) return true;
  pollfd request{impl_->descriptor, POLLIN, 0};
  return ::poll(&request, 1, 0) > 0;
}

}  // namespace rondo
