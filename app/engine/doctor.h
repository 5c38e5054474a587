#pragma once

namespace rondo {

// What this machine offers, how fast it is, and what is off.
void run_doctor();

}  // namespace rondo
