// The variant for any processor.
#include <math.h>
#include <string.h>

#include "Internal.h"

// Vectors pass between inlined functions alone, so no calling convention is concerned.
#pragma clang diagnostic ignored "-Wpsabi"

#define VARIANT 0
#define TABLE kernel_table_portable
#include "Vector.h"
#include "Operations.h"
