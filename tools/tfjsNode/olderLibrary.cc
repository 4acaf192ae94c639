// Newer compilers call this function of libstdc++, which systems from before 2021 have not: with it in the binding, they need not.
#include <new>

namespace std {
void __throw_bad_array_new_length() { throw std::bad_array_new_length(); }
}  // namespace std
