// One switch for the whole library: header-only, or the same bodies compiled once (linkpin::compiled).
#pragma once

#define LINKPIN_VERSION "0.1.0"

#if defined(LINKPIN_COMPILED)
#define LINKPIN_INLINE
#else
#define LINKPIN_INLINE inline
#endif
