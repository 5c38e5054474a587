// What the program looks up in the library.
#include "app/engine/engine.h"

extern "C" [[gnu::visibility("default")]] const rondo::Engine* RONDO_ENGINE_ENTRY() {
  return &rondo::engine();
}
