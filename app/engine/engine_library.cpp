// The engine as a shared library beside the program.
#include <dlfcn.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "app/engine/engine.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

// build/.../app/ while developing; PREFIX/bin and PREFIX/lib when installed.
fs::path library_path() {
  const fs::path folder = fs::read_symlink("/proc/self/exe").parent_path();
  const fs::path beside = folder / RONDO_ENGINE_FILE;
  return fs::exists(beside) ? beside
                            : folder.parent_path() / RONDO_ENGINE_FOLDER / RONDO_ENGINE_FILE;
}

const Engine& load() {
  const fs::path path = library_path();
  void* const library = ::dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (!library) {
    throw std::runtime_error(std::string("cannot load the engine: ") + ::dlerror() +
                             "; the program and " RONDO_ENGINE_FILE
                             " belong together, where they were built or installed");
  }
  void* const entry = ::dlsym(library, RONDO_ENGINE_ENTRY);
  if (!entry) throw std::runtime_error(path.string() + ": is of another version of rondo");
  return *reinterpret_cast<const Engine* (*)()>(entry)();
}

}  // namespace

const Engine& engine() {
  static const Engine& loaded = load();
  return loaded;
}

}  // namespace rondo
