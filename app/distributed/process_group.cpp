#include "app/distributed/process_group.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

namespace rondo {
namespace {

// This host's address on the way to another, which is where that one can reach it; empty where
// there is no way. A datagram socket is connected without a packet being sent.
std::string own_address_towards(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return "";
  std::string address;
  for (const addrinfo* way = found; way && address.empty(); way = way->ai_next) {
    const int socket = ::socket(way->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0) continue;
    sockaddr_storage own{};
    socklen_t length = sizeof own;
    char text[NI_MAXHOST];
    if (::connect(socket, way->ai_addr, way->ai_addrlen) == 0 &&
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&own), &length) == 0 &&
        ::getnameinfo(reinterpret_cast<const sockaddr*>(&own), length, text, sizeof text, nullptr,
                      0, NI_NUMERICHOST) == 0) {
      address = text;
    }
    ::close(socket);
  }
  ::freeaddrinfo(found);
  return address;
}

// The interface that the user names, as for torch.distributed, or the one that leads to rank 0.
std::shared_ptr<::gloo::transport::Device> device_for(const WorkerPlace& place) {
  using Gloo = c10d::ProcessGroupGloo;
  const char* interface = std::getenv("GLOO_SOCKET_IFNAME");
  if (interface && *interface) return Gloo::createDeviceForInterface(interface);
  const std::string address = own_address_towards(place.address, place.port);
  return address.empty() ? Gloo::createDefaultDevice() : Gloo::createDeviceForHostname(address);
}

}  // namespace

c10::intrusive_ptr<c10d::Store> open_store(const WorkerPlace& place, bool serve,
                                           std::chrono::milliseconds timeout) {
  c10d::TCPStoreOptions options;
  options.port = static_cast<uint16_t>(place.port);
  options.isServer = serve;
  options.waitWorkers = false;
  options.timeout = timeout;
  auto store = c10::make_intrusive<c10d::TCPStore>(place.address, options);
  return c10::make_intrusive<c10d::PrefixStore>("rondo/" + place.attempt, std::move(store));
}

c10::intrusive_ptr<c10d::Backend> join_group(const WorkerPlace& place,
                                             const c10::intrusive_ptr<c10d::Store>& store,
                                             std::chrono::milliseconds timeout) {
  auto options = c10d::ProcessGroupGloo::Options::create(timeout);
  options->devices.push_back(device_for(place));
  return c10::make_intrusive<c10d::ProcessGroupGloo>(store, static_cast<int>(place.rank),
                                                     static_cast<int>(place.size), options);
}

}  // namespace rondo
