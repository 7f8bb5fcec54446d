// The operations of one variant, written once over the vectors of `Vector.h`.
#include "Dot.h"

#include "Rows.h"

#include "Multiply.h"

#include "Gated.h"

#include "Attention.h"

const kernel_table TABLE = {
    .multiply = multiply_unit,
    .gated = gated_unit,
    .norm = norm_rows,
    .quantize = quantize_rows,
    .softcap = softcap_row,
    .store = store_row,
    .attend = attend_unit,
    .argmax = argmax_row,
    .log_sum_exp = log_sum_exp_row,
};
