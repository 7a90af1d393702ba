// How a function says that it could not do its work: a value or an Error, never an exception.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace diktate {

// What the caller can do about it.
enum class ErrorKind {
  invalid,      // the input is wrong: name it to the user
  unavailable,  // a part is missing (file, model, device): say how to get it
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

}  // namespace diktate
