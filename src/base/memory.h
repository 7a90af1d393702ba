// What a program that waits for most of its life does with memory that it needs only now and then. For the
// whole process.
#pragma once

namespace diktate {

// From now on what is freed at the end of a heap goes back to the system, in every thread. By itself the C
// library keeps as much as twice the largest block that was ever freed (mallopt(3), M_MMAP_THRESHOLD): models
// are large. To be called before the second thread.
void let_heaps_shrink();

// Gives back what the heaps have free, and the pages of code: these come again from their files as they are
// used. Takes some milliseconds, and a little of the next use.
void return_memory();

}  // namespace diktate
