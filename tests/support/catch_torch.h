#pragma once

// Torch first: it defines CHECK for itself, and so does Catch2.
#include <torch/torch.h>
#undef CHECK

#include "tests/support/catch.h"
