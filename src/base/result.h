// How a function says that it could not do its work: a value or an Error, never an exception.
#pragma once

#include <exception>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace diktate {

// What the caller can do about it.
enum class ErrorKind {
  invalid,      // the input is wrong: name it to the user
  unavailable,  // a part is missing (file, model, device): say how to get it
  refused,      // its machine is there, and nothing listens on it: say how to start it
  taken,        // somebody else has it: say who may let go of it
  timeout,      // it took too long: fall back
  cancelled,    // somebody asked to stop: say nothing
  failed,       // anything else
};

// message is one line for a person and names the thing that failed.
struct Error {
  ErrorKind kind = ErrorKind::failed;
  std::string message;
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorKind kind, std::string message) {
  return tl::unexpected<Error>(Error{kind, std::move(message)});
}

// What `work` answers, a Result. What it throws, which nothing should, costs no more than its own work.
template <class Work>
auto without_exceptions(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::exception& error) {
    return fail(ErrorKind::failed, std::string("a defect of diktate or of a library: ") + error.what());
  }
}

}  // namespace diktate
