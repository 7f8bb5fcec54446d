/// Preloaded into a program, this sets its wall clock wrong by `DOCKET_WRONG_CLOCK` seconds, and
/// leaves alone the clocks that only go on. There is nothing to call.
#pragma once
