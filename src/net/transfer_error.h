// What libcurl's errors mean to a person.
#pragma once

#include <string>

#include "base/result.h"

namespace diktate {

struct Route;

// `code` is a CURLcode, `verified` the result of OpenSSL's check of the certificate, `detail` libcurl's
// words.
Error transfer_error(int code, long verified, const std::string& detail, const Route& route);

}  // namespace diktate
